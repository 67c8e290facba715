import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { test } from '../support/e2e/test.js';

const files = { 'touch.py': 'open("ran", "w").close(); print("it ran")\n' };

test('nothing runs in a workspace that is not trusted, and a message says so', async ({ open }) => {
  const window = await open({
    files,
    server: { workspaceTrust: true, settings: { 'security.workspace.trust.startupPrompt': 'never' } },
  });
  await window.openFile('touch.py');
  await window.page.getByText('Restricted Mode').first().waitFor();
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.page.getByText(/trust/i).last().waitFor();
  expect(window.hasFile('ran')).toBe(false);
});

test('what is not there or no good is told of, each by what it is', async ({ open }) => {
  const empty = mkdtempSync(path.join(os.tmpdir(), 'extsession-no-python-'));
  onTestFinished(() => {
    rmSync(empty, { recursive: true });
  });
  const window = await open({
    files: { ...files, 'touch.js': '1\n', 'cells.py': '# %%\nprint("in a cell")\n' },
    server: {
      env: { PATH: empty },
      settings: { 'extsession.javascript.nodePath': '/no/node', 'extsession.cells.marker': '^# (' },
    },
  });
  // A marker of cells that is no regular expression, and the usual ones count.
  await window.openFile('cells.py');
  await window.page
    .getByText(/'\^# \(' is not a valid regular expression/)
    .first()
    .waitFor();
  await window.page.getByRole('button', { name: 'Open Setting' }).first().waitFor();
  await window.page.getByText('Run Cell').first().waitFor();

  // There is no Python.
  await window.openFile('touch.py');
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.notices.getByText('Python was not found').waitFor();
  await window.screenshot('no-python');

  // A Python that does not start.
  await window.setSettings({ 'extsession.python.interpreterPath': '/bin/false' });
  await window.openFile('touch.py');
  await window.goToLine(1);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.notices.getByText('Python could not be started').waitFor();
  await window.screenshot('broken-python');

  // A Node.js that is not there is not called a Python.
  await window.openFile('touch.js');
  await window.runCommand('ExtSession: Run Selection in Session');
  const notice = window.panel.notices.filter({ hasText: 'Node.js' });
  await notice.getByText("There is no Node.js at '/no/node'").waitFor();
  expect(await notice.innerText()).not.toContain('Python');
  await notice.getByText('Open Setting').click();
  await window.page.getByText('Javascript: Node Path').first().waitFor();
});
