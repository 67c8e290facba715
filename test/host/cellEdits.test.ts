import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openPython, until } from './session.js';

const FILE = '# %% one\r\na\r\n\r\n# %% two\r\nb\r\nc\r\n\r\n# %% three\r\nd\r\n';
const edits: Readonly<Record<string, string>> = {
  insertCellAbove: '# %% one\na\n\n# %%\n\n\n# %% two\nb\nc\n\n# %% three\nd\n',
  insertCellBelow: '# %% one\na\n\n# %% two\nb\nc\n\n# %%\n\n\n# %% three\nd\n',
  moveCellUp: '# %% two\nb\nc\n\n# %% one\na\n\n# %% three\nd\n',
  moveCellDown: '# %% one\na\n\n# %% three\nd\n\n# %% two\nb\nc\n',
  splitCell: '# %% one\na\n\n# %% two\nb\n\n# %%\nc\n\n# %% three\nd\n',
  mergeCellBelow: '# %% one\na\n\n# %% two\nb\nc\n\n# three\nd\n',
  deleteCell: '# %% one\na\n\n# %% three\nd\n',
  changeCellToMarkdown: '# %% one\na\n\n# %% [markdown] two\n# b\n# c\n\n# %% three\nd\n',
};

const run = (name: string) => vscode.commands.executeCommand(`extsession.${name}`);

describe('edits of cells', () => {
  for (const [name, expected] of Object.entries(edits)) {
    it(`are one step each, and keep line breaks and the cursor in sight: ${name}`, async () => {
      const editor = await openPython(FILE, [5, 0]);
      const text = () => editor.document.getText();
      await run(name);
      const edited = text();
      assert.equal(edited, expected.replaceAll('\n', '\r\n'));
      assert.equal(editor.selections.length, 1);
      assert.ok(editor.selection.isEmpty);
      await vscode.commands.executeCommand('undo');
      assert.equal(text(), FILE);
      assert.deepEqual([editor.selection.active.line, editor.selection.active.character], [5, 0]);
      await vscode.commands.executeCommand('redo');
      assert.equal(text(), edited);
    });

    it(`apply to a folded cell, which a cursor is not left in: ${name}`, async () => {
      const editor = await openPython(FILE, [3, 0]);
      await until(async () => {
        await vscode.commands.executeCommand('editor.foldAll');
        return editor.visibleRanges.length === 3;
      });
      await run(name);
      const isInSight = () => editor.visibleRanges.some((range) => range.contains(editor.selection.active));
      await until(isInSight);
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), FILE);
    });
  }

  it('leave a read-only text as it is', async () => {
    const provider = { provideTextDocumentContent: () => FILE };
    const registration = vscode.workspace.registerTextDocumentContentProvider('read-only-cells', provider);
    try {
      const uri = vscode.Uri.parse('read-only-cells:/file.py');
      const document = await vscode.workspace.openTextDocument(uri);
      const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
      editor.selection = new vscode.Selection(4, 0, 4, 0);
      for (const name of Object.keys(edits)) {
        await run(name);
        assert.equal(document.getText(), FILE, name);
        assert.equal(editor.selection.active.line, 4, name);
      }
    } finally {
      registration.dispose();
    }
  });
});
