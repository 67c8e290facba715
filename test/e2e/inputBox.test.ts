import { expect } from 'vitest';
import { test } from '../support/e2e/test.js';

test('a question in a box outlives the Command Palette, and Escape ends its input', async ({ open }) => {
  const source =
    'first = input("First? ")\ntry:\n    input("Second? ")\nexcept EOFError:\n    print("the end after", first)\n';
  const window = await open({ files: { 'asks.py': source, 'other.txt': 'in front\n' } });
  await window.openFile('asks.py');
  await window.setSettings({ 'extsession.panel.placement': 'active' });
  await window.runCommand('ExtSession: Open Session Panel');
  await window.page.locator('.tab.active', { hasText: 'ExtSession' }).waitFor(); // or it would cover the file
  await window.openFile('asks.py');
  await window.selectLines(1, 5);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.openFile('other.txt');
  const title = window.page.getByText('Input for the running command');
  await title.waitFor();
  await window.page.locator('.quick-input-message', { hasText: 'First?' }).waitFor();
  await window.page.keyboard.press('F1');
  await window.page.locator('.quick-input-widget .monaco-list-row').first().waitFor();
  const field = window.panel.document.locator('.ask input');
  await field.waitFor();
  expect(await window.page.locator('.quick-input-widget .monaco-list-row').first().isVisible()).toBe(true);
  await window.page.keyboard.press('Escape');
  await field.fill('Ada');
  await field.press('Enter');
  await window.panel.command('first = input').stdout.getByText('Second?').waitFor();
  await window.page.locator('.tab', { hasText: 'other.txt' }).click();
  await window.page.locator('.quick-input-message', { hasText: 'Second?' }).waitFor();
  await window.page.keyboard.press('Escape');
  await title.waitFor({ state: 'hidden' });
  await window.runCommand('ExtSession: Open Session Panel');
  const command = window.panel.command('first = input');
  await command.becomes('done');
  expect((await command.stdout.allInnerTexts()).join('\n')).toContain('the end after Ada');
});
