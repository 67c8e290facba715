import { expect } from 'vitest';
import { test } from '../support/e2e/test.js';

test('the input line runs Python, completes names of the session and remembers', async ({ open }) => {
  const window = await open({ files: { 'one.py': 'kilometres = 42\n' } });
  await window.openFile('one.py');
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('kilometres = 42').becomes('done');

  await window.runCommand('ExtSession: Open Session Panel');
  await expect.poll(() => window.panel.input.evaluate((node) => node === document.activeElement)).toBe(true);
  const { keyboard } = window.page;
  await keyboard.type('kilom');
  await window.panel.suggestions.getByText('kilometres').waitFor();
  await keyboard.press('Tab');
  await keyboard.type(' + 1');
  await keyboard.press('Enter');
  const value = window.panel.command('kilometres + 1').value;
  await value.waitFor();
  expect(await value.innerText()).toBe('43');

  await window.reload();
  await window.runCommand('ExtSession: Open Session Panel');
  await window.panel.input.click();
  // The input line is there before what was typed earlier.
  await expect
    .poll(async () => {
      await keyboard.press('ArrowUp');
      return window.panel.input.innerText();
    })
    .toBe('kilometres + 1');
});

test('input() and getpass() ask under the output that asked, and in a box when the panel is hidden', async ({
  open,
}) => {
  const source = 'name = input("Name? ")\nimport getpass; len(getpass.getpass())\nname\n';
  const window = await open({ files: { 'ask.py': source, 'other.txt': 'in front\n' } });
  await window.openFile('ask.py');
  await window.runCommand('ExtSession: Run Selection in Session');
  const field = window.panel.document.locator('.ask input');
  await field.fill('Ada');
  await field.press('Enter');
  await window.panel.command('input("Name? ")').becomes('done');

  await window.page.locator('.editor-instance .monaco-editor .view-line').first().click();
  await window.goToLine(2);
  await window.runCommand('ExtSession: Run Selection in Session');
  await expect.poll(() => field.getAttribute('type')).toBe('password');
  await window.runCommand('View: Focus Next Editor Group');
  await window.openFile('other.txt');
  await window.page.locator('.quick-input-widget input[type=password]').fill('secret');
  await window.page.keyboard.press('Enter');
  await window.runCommand('ExtSession: Open Session Panel');
  const length = window.panel.command('getpass').value;
  await length.waitFor();
  expect(await length.innerText()).toBe('6');
});

test('a question in a box outlives the Command Palette, and Escape ends its input', async ({ open }) => {
  const source =
    'first = input("First? ")\ntry:\n    input("Second? ")\nexcept EOFError:\n    print("the end after", first)\n';
  const window = await open({ files: { 'asks.py': source, 'other.txt': 'in front\n' } });
  await window.openFile('asks.py');
  await window.setSettings({ 'extsession.panel.placement': 'active' });
  await window.runCommand('ExtSession: Open Session Panel');
  // It would cover a file that is opened before it has come.
  await window.page.locator('.editor-group-container.active .tab.active', { hasText: 'ExtSession' }).waitFor();
  await expect.poll(() => window.panel.input.evaluate((node) => node === document.activeElement)).toBe(true);
  await window.openFile('asks.py');
  await window.selectLines(1, 5);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.openFile('other.txt');
  const title = window.page.getByText('Input for the running command').first();
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
