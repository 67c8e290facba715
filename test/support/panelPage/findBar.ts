import type { PanelPage } from './panelPage.js';

/** Opens the find bar, and types a text. */
export async function find(panel: PanelPage, text: string): Promise<void> {
  await panel.commands.first().waitFor();
  await panel.page.keyboard.press('ControlOrMeta+f');
  await panel.page.keyboard.type(text);
}

export async function expectCount(panel: PanelPage, count: string): Promise<void> {
  await panel.page.locator('.find .count').getByText(count, { exact: true }).waitFor();
}
