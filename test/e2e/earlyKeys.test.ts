import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { test } from '../support/e2e/test.js';

test('Shift+Enter runs a statement of a trusted folder as soon as VS Code knows the extension, long before it is active', async ({
  open,
  onTestFinished,
}) => {
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'extsession-held-'));
  onTestFinished(() => rm(scratch, { recursive: true }));
  const released = path.join(scratch, 'released');
  const window = await open({
    files: { 'early.py': 'print("ran early")\nsecond = 2\n' },
    server: {
      workspaceTrust: true,
      settings: { 'security.workspace.trust.startupPrompt': 'always' },
      env: { EXTSESSION_TEST_RELEASE: released },
    },
    beside: ['holdingExtension'],
    // VS Code says so of its own extensions when a folder becomes trusted.
    expectedProblems: /is already registered/,
  });
  await window.page.getByRole('button', { name: 'Yes, I trust the authors' }).click();
  await window.openFromExplorer('early.py');
  await window.reload(async () => {
    await window.editor.focused.waitFor();
    await window.editor.runButton.waitFor();
  });
  await window.page.keyboard.press('Shift+Enter');
  expect(await window.editor.lines()).toEqual(['print("ran early")', 'second = 2', '']);
  await writeFile(released, '');
  await window.panel.command('ran early').becomes('done');
  expect(await window.editor.lines()).toEqual(['print("ran early")', 'second = 2', '']);
});
