import { expect } from 'vitest';
import { test } from '../support/e2e/test.js';

test('the input line runs Python, and completes names of the session', async ({ open }) => {
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
