import { expect } from 'vitest';
import { test } from '../support/e2e/test.js';

test('a panel that is shown goes where the setting says, with its transcript', async ({ open }) => {
  const window = await open({ files: { 'moves.py': 'print("on the move")\n' } });
  await window.openFile('moves.py');
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('on the move').becomes('done');
  const tab = window.page.locator('.tab', { hasText: 'ExtSession' });
  for (const placement of ['panel', 'beside', 'panel', 'active']) {
    await window.setSettings({ 'extsession.panel.placement': placement });
    await expect.poll(() => tab.count()).toBe(placement === 'panel' ? 0 : 1);
    await window.panel.command('on the move').becomes('done');
    expect(await window.panel.commands.filter({ hasText: 'on the move' }).count()).toBe(1);
  }
});

test('the panel can stand at the bottom, and brings its transcript back after a reload', async ({ open }) => {
  const window = await open({ files: { 'below.py': 'print("at the bottom")\n6 * 7\n' } });
  await window.setSettings({ 'extsession.panel.placement': 'panel' });
  await window.openFile('below.py');
  await window.goToLine(1);
  await window.runCommand('ExtSession: Run Selection in Session');
  const command = window.panel.command('at the bottom');
  await command.becomes('done');
  expect(await window.page.locator('.tab', { hasText: 'ExtSession' }).count()).toBe(0);
  // The editor has kept the focus.
  await window.cursorAt(2);
  await window.page.keyboard.press('End');
  await window.page.keyboard.type(' + 0');
  await window.runCommand('ExtSession: Run Selection in Session');
  const second = window.panel.command('6 * 7 + 0');
  await second.becomes('done');
  expect(await second.value.innerText()).toBe('42');
  await window.screenshot('at-the-bottom');

  await window.reload();
  await window.panel.command('at the bottom').stdout.getByText('at the bottom').waitFor();
  await window.panel.dividers.getByText('reloaded').waitFor();
});
