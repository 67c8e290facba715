import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { test } from '../support/e2e/test.js';

/** A program that says `sign`, and a line of its own below that tells whether its namespace is still there. */
const endless = (sign: string): string =>
  `import time\n${sign} = 5\nprint("${sign} now")\nwhile ${sign}: time.sleep(0.05)\n${sign}\n`;

test('a selected expression is evaluated: the value stands in the panel and in a notice', async ({ open }) => {
  const window = await open({ files: { 'values.py': 'numbers = [1, 2, 3]\nsum(numbers) * 7\n' } });
  await window.openFile('values.py');
  await window.goToLine(1);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('numbers = ').becomes('done');
  await window.selectLines(2, 2);
  await window.runCommand('ExtSession: Evaluate Expression');
  await window.notifications.getByText('42').first().waitFor();
  const command = window.panel.command('sum(numbers) * 7');
  await command.becomes('done');
  expect(await command.value.innerText()).toBe('42');
});

test('an expression is asked for when none is selected', async ({ open }) => {
  const window = await open({ files: { 'empty.py': '\n' } });
  await window.openFile('empty.py');
  await window.runCommand('ExtSession: Evaluate Expression');
  await window.quickInput.fill('6 * 9');
  await window.page.keyboard.press('Enter');
  await window.notifications.getByText('54').first().waitFor();
});

test('an expression is asked for in the language of the file', async ({ open }) => {
  const window = await open({ files: { 'empty.js': '\n' } });
  await window.openFile('empty.js');
  await window.runCommand('ExtSession: Evaluate Expression');
  await window.page.getByText('Enter a JavaScript expression').first().waitFor();
  await window.quickInput.fill('void 0');
  await window.page.keyboard.press('Enter');
  await window.notifications.getByText('undefined').first().waitFor();
});

test('a Python is chosen by its version where the Python extension is not there', async ({ open }) => {
  const window = await open({ files: { 'some.py': '\n' } });
  await window.openFile('some.py');
  await window.runCommand('ExtSession: Select Python Interpreter');
  await window.choices.filter({ hasText: /python3.*Python 3\.\d+/ }).waitFor();
  await window.page.keyboard.press('Escape');
});

test('an interrupt ends the running command and keeps the variables', async ({ open }) => {
  const window = await open({ files: { 'endless.py': endless('busy') } });
  await window.openFile('endless.py');
  await window.selectLines(1, 4);
  await window.runCommand('ExtSession: Run Selection in Session');
  const command = window.panel.command('while busy');
  await command.stdout.getByText('busy now').waitFor();
  await window.runCommand('ExtSession: Interrupt Session');
  await command.becomes('interrupted');

  await window.goToLine(5);
  await window.runCommand('ExtSession: Run Selection in Session');
  const kept = window.panel.command('busy').value;
  await kept.waitFor();
  expect(await kept.innerText()).toBe('5');
});

test('a restart works while a command runs: a divider, and an empty namespace below it', async ({ open }) => {
  const window = await open({ files: { 'again.py': endless('again') } });
  await window.openFile('again.py');
  await window.selectLines(1, 4);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('while again').stdout.getByText('again now').waitFor();
  await window.runCommand('ExtSession: Restart Session');
  await window.panel.dividers.getByText('restarted').waitFor();
  expect(await window.panel.command('while again').stdout.innerText()).toContain('again now');

  await window.goToLine(5);
  await window.runCommand('ExtSession: Run Selection in Session');
  const gone = window.panel.command('again');
  await gone.error.getByText('NameError').waitFor();
});

test('a crash is shown at once with its signal, and the next run begins anew', async ({ open }) => {
  const source = 'import os; print("last words", flush=True); os.abort()\nprint("alive again")\n';
  const window = await open({ files: { 'crash.py': source } });
  await window.openFile('crash.py');
  await window.goToLine(1);
  await window.runCommand('ExtSession: Run Selection in Session');
  const crashed = window.panel.command('last words');
  await crashed.becomes('died');
  expect(await crashed.stdout.innerText()).toContain('last words');
  expect(await crashed.node.innerText()).toContain('SIGABRT');

  await window.goToLine(2);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('alive again').stdout.getByText('alive again').waitFor();
});

test('code that waits for its session to start flashes and is marked at once', async ({ open }) => {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'extsession-slow-'));
  onTestFinished(() => {
    rmSync(scratch, { recursive: true });
  });
  const slow = path.join(scratch, 'python');
  writeFileSync(slow, `#!/bin/sh\nwhile [ ! -e ${scratch}/go ]; do sleep 0.02; done\nexec python3 "$@"\n`);
  chmodSync(slow, 0o755);
  const window = await open({ files: { 'wait.py': '6 * 7\n' } });
  await window.runCommand('ExtSession: Stop All Sessions');
  await window.setSettings({ 'extsession.python.interpreterPath': slow });
  await window.openFile('wait.py');
  await window.goToLine(1);
  const flash = window.editor.flashes();
  await window.runCommand('ExtSession: Run Selection in Session');
  await flash;
  await expect.poll(() => window.editor.gutterMarks.count()).toBe(1);
  await window.editor.shows();
  writeFileSync(path.join(scratch, 'go'), '');
  await window.editor.shows('42');
});

test('a session runs where a command leads, with a file attached to it, and says where that is and what is there', async ({
  open,
}) => {
  const there = mkdtempSync(path.join(os.tmpdir(), 'there-'));
  onTestFinished(() => {
    rmSync(there, { recursive: true });
  });
  writeFileSync(path.join(there, 'only.py'), '# only there\n1 / 0\n');
  const failing = 'import sys\nsys.path[0] = "/proc/self/cwd"; import only\n'; // another folder for VS Code
  const window = await open({ files: { 'far.py': `import os\nos.environ["PLACE"]\n${failing}` } });
  window.spoil(); // with a session that stays in its lists
  await window.openFile('far.py');
  await window.runCommand('ExtSession: Connect to Another Machine');
  await window.choices.filter({ hasText: 'Enter a Command' }).click();
  await window.page.getByText('The command in front of the interpreter').first().waitFor();
  await window.quickInput.fill('env PLACE=elsewhere');
  await window.page.keyboard.press('Enter');
  await window.choices.filter({ hasText: /python3.*Python 3\.\d+/ }).click();
  await window.page.getByText('The working directory there').first().waitFor();
  await window.quickInput.fill(there);
  await window.page.keyboard.press('Enter');
  await window.notifications.getByRole('button', { name: 'Attach File' }).click();
  await expect.poll(() => window.panel.header.innerText()).toMatch(/Python 3\.\d+ · PLACE=elsewhere/);
  await window.openFile('far.py');
  await window.selectLines(1, 2);
  await window.runCommand('ExtSession: Run Selection in Session');
  const command = window.panel.command('os.environ["PLACE"]');
  await command.becomes('done');
  expect(await command.value.innerText()).toBe("'elsewhere'");
  await window.openFile('far.py');
  await window.selectLines(3, 4);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('import only').becomes('failed');
  await window.panel.document.getByText('only.py:2').click();
  await window.page.locator('.tab.active', { hasText: 'only.py (PLACE=elsewhere)' }).waitFor();
  await window.page.locator('.view-line', { hasText: '# only there' }).waitFor();
});
