import * as assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { activated, openPython, submittedBy, until } from './session.js';

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'extsession-export-'));
  try {
    await body(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const tabInputs = (): unknown[] => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));

describe('a notebook', () => {
  it('opens as an unsaved file with cells beside it, which no other file has', async () => {
    await activated();
    await inFolder(async (folder) => {
      const file = path.join(folder, 'fares.ipynb');
      const outputs = [{ output_type: 'stream', name: 'stdout', text: '3\n' }];
      const cell = { cell_type: 'code', id: 'a1', metadata: { tags: ['t'] }, source: ['x = 3\n', 'print(x)'], outputs };
      writeFileSync(file, JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }));
      writeFileSync(path.join(folder, 'fares.py'), '');
      await vscode.commands.executeCommand('extsession.importNotebook', vscode.Uri.file(file));
      await until(() => vscode.window.activeTextEditor?.document.uri.path.endsWith('fares-2.py') === true);
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(document?.getText(), '# %% tags=["t"] id="a1"\nx = 3\nprint(x)\n');
      assert.deepEqual([document.isUntitled, document.languageId], [true, 'python']);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });
  });
});

describe('a saved session', () => {
  it('opens in an editor of its own', async () => {
    await activated();
    await inFolder(async (folder) => {
      const uri = vscode.Uri.file(path.join(folder, 'saved.extsession'));
      writeFileSync(uri.fsPath, JSON.stringify({ version: 1, older: 0, entries: [] }));
      await vscode.commands.executeCommand('extsession.openSavedSession', uri);
      await until(() =>
        tabInputs().some(
          (input) => input instanceof vscode.TabInputCustom && input.viewType === 'extsession.savedSession',
        ),
      );
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    });
  });
});

describe('an issue report', () => {
  it('is copied of a command that has failed, with versions and without secrets', async () => {
    const { document } = await openPython(
      "import sys\nprint('before', sys.version_info[0])\nraise ValueError('the fare is gone')\n",
      [0, 0],
      [2, 36],
    );
    const { results } = await submittedBy('extsession.runSelection');
    await results.wait();
    await results.closed;
    const linked = async (): Promise<string | undefined> => {
      const end = document.lineAt(2).range.end;
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        end,
      );
      const texts = hovers.flatMap(({ contents }) => contents).map((each) => (each as vscode.MarkdownString).value);
      return /openPanel\?([^)]+)/.exec(texts.join('\n'))?.[1];
    };
    await until(async () => (await linked()) !== undefined);
    const [entry] = JSON.parse(decodeURIComponent((await linked()) ?? '')) as [{ key: number }];
    await vscode.commands.executeCommand('extsession.entry.copyIssueReport', entry);
    const report = await vscode.env.clipboard.readText();
    assert.match(report, /```python\nimport sys\nprint\('before'/);
    assert.match(report, /before 3\n/);
    assert.match(report, /ValueError: the fare is gone/);
    assert.match(report, /ExtSession \d+\.\d+\.\d+/);
    assert.match(report, /(CPython|PyPy|Python) 3\.\d+/);
    assert.ok(!report.includes(homedir()), report);
  });
});
