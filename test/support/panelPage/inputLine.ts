import type { PanelPage } from './panelPage.js';

/** The panel, with the focus in its input line. */
export async function inInputLine(panel: PanelPage): Promise<PanelPage> {
  await panel.input.click();
  return panel;
}
