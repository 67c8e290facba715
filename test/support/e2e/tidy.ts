import { usualSize } from './looks.js';
import { appears, until } from './until.js';
import type { Workbench } from './workbench.js';

/** Ends what runs in a window, closes what is open, and gives it the usual looks. */
export async function tidy(window: Workbench): Promise<void> {
  // What it does not offer has been done.
  const [stop, clear] = ['ExtSession: Stop All Sessions', 'ExtSession: Clear Session Panel'];
  await closeEditors(window);
  if (await window.offers(stop)) await window.runCommand(stop);
  if (await window.offers(clear)) await clearPanel(window, clear);
  await window.runCommand('Notifications: Clear All Notifications');
  await window.resize(usualSize);
  await window.setTheme('dark');
}

/** Clears what the panel shows of each session. */
async function clearPanel(window: Workbench, title: string): Promise<void> {
  await window.runCommand('ExtSession: Open Session Panel');
  await window.panel.input.waitFor();
  const options = window.panel.sessions.locator('option');
  const ids = await options.evaluateAll((nodes) =>
    nodes.map((node) => (node instanceof HTMLOptionElement ? node.value : '')),
  );
  for (const id of ids.length > 1 ? ids : ['']) {
    if (id) await window.panel.sessions.selectOption(id);
    await window.panel.unsettled.first().waitFor({ state: 'detached' });
    await window.runCommand(title);
    await window.panel.commands.first().waitFor({ state: 'detached' });
  }
  await closeEditors(window);
}

/** What was never saved is lost. */
async function closeEditors(window: Workbench): Promise<void> {
  const tabs = window.page.locator('.tab');
  const dontSave = window.page.getByRole('button', { name: "Don't Save" });
  await window.runCommand('View: Close All Editors');
  await until(async () => {
    if (await appears(dontSave, 200)) await dontSave.click();
    return (await tabs.count()) === 0;
  }, 'all editors are closed');
}
