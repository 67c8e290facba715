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

test('without a Python a message says what to do', async ({ open }) => {
  const empty = mkdtempSync(path.join(os.tmpdir(), 'extsession-no-python-'));
  onTestFinished(() => {
    rmSync(empty, { recursive: true });
  });
  const window = await open({ files, server: { env: { PATH: empty } } });
  await window.openFile('touch.py');
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.notices
    .getByText(/Python/)
    .first()
    .waitFor();
  await window.screenshot('no-python');
});

test('a Python that does not start shows what it printed', async ({ open }) => {
  const window = await open({
    files: { ...files, 'broken.sh': '#!/bin/sh\necho "this is no Python" >&2\nexit 3\n' },
    server: { settings: { 'extsession.python.interpreterPath': '/bin/false' } },
  });
  await window.openFile('touch.py');
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.notices.first().waitFor();
  await window.screenshot('broken-python');
});

test('a Node.js that is not there is not called a Python', async ({ open }) => {
  const window = await open({
    files: { 'touch.js': '1\n' },
    server: { settings: { 'extsession.javascript.nodePath': '/no/node' } },
  });
  await window.openFile('touch.js');
  await window.runCommand('ExtSession: Run Selection in Session');
  const notice = window.panel.notices.first();
  await notice.getByText('There is no Node.js at /no/node').waitFor();
  expect(await notice.innerText()).not.toContain('Python');
  await notice.getByText('Open Setting').click();
  await window.page.getByText('Javascript: Node Path').waitFor();
});

test('a marker of cells that is no regular expression is told, and the usual ones count', async ({ open }) => {
  const window = await open({
    files: { 'cells.py': '# %%\nprint("in a cell")\n' },
    server: { settings: { 'extsession.cells.marker': '^# (' } },
  });
  await window.openFile('cells.py');
  await window.page
    .getByText(/marker of cells, \^# \(, is no regular expression/)
    .first()
    .waitFor();
  await window.page.getByRole('button', { name: 'Open Setting' }).first().waitFor();
  await window.page.getByText('Run Cell').first().waitFor();
});
