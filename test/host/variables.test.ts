import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { edit, openPython, submittedBy, until, valueOf } from './session.js';

/** A line of the Variables view, as its menu hands it to commands. */
const line = (name: string, type: string, size?: string): unknown => ({
  type: 'value',
  path: [name],
  code: name,
  variable: { name, type, ...(size === undefined ? {} : { size }) },
  isChanged: false,
});

describe('a variable', () => {
  it('leads to the line that assigned it last, also when lines have moved', async () => {
    const { document } = await openPython('def f():\n    lost = 0\nlost = 1\nfound = (\n    2\n)\n', [0, 0], [5, 1]);
    await (await submittedBy('extsession.runSelection')).results.wait();
    await edit(document, [0, 0], '# above\n');
    await vscode.commands.executeCommand('extsession.variable.goToAssignment', line('lost', 'int'));
    await until(() => vscode.window.activeTextEditor?.selection.active.line === 3);
    await vscode.commands.executeCommand('extsession.variable.goToAssignment', line('found', 'int'));
    await until(() => vscode.window.activeTextEditor?.selection.active.line === 4);
  });

  it('is drawn by a command of the session, whatever is called plt there', async () => {
    await openPython('plt = 3; rows = [1, 2]', [0, 0], [0, 22]);
    await (await submittedBy('extsession.runSelection')).results.wait();
    await vscode.commands.executeCommand('extsession.variable.refresh');
    const { source } = await submittedBy('extsession.variable.plot', line('rows', 'list', '2'));
    assert.match(
      source,
      /^import matplotlib\.pyplot as _plt\n_plt\.plot\(rows\)\n_plt\.title\("rows"\)\n_plt\.show\(\)$/,
    );
  });

  it('is drawn in JavaScript without a library', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'javascript',
      content: 'var drawn = [1, 2];',
    });
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await (await submittedBy('extsession.runSelection')).results.wait();
    const { source, results } = await submittedBy('extsession.variable.plot', line('drawn', 'Array', '2'));
    assert.match(source, /\(drawn\)$/);
    const outcome = await results.wait();
    assert.match(String(outcome.status === 'ok' && outcome.result?.['image/svg+xml']), /^<svg /);
  });

  it('is copied as code that makes it again', async () => {
    await openPython("copied = {'a': [1, 2.5, None]}", [0, 0], [0, 30]);
    await valueOf(await submittedBy('extsession.runSelection')).catch(() => undefined);
    await vscode.commands.executeCommand('extsession.variable.refresh');
    await vscode.commands.executeCommand('extsession.variable.copyAsCode', line('copied', 'dict', '1'));
    assert.equal(await vscode.env.clipboard.readText(), "copied = {'a': [1, 2.5, None]}");
  });
});
