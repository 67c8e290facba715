import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, openPython, openText, submittedBy, until, valueOf } from './session.js';

describe('each language', () => {
  it('has a session of its own, which the status follows', async () => {
    const api = await activated();
    const javascript = await api.execute('const mine = 6 * 7; typeof process.version', 'javascript');
    assert.deepEqual(await javascript.wait().then(({ status }) => status), 'ok');
    assert.match(api.status.interpreterLabel ?? '', /^Node\.js \d+\.\d+$/);
    const typescript = await api.execute('(mine as number).toFixed(1)', 'typescript');
    await typescript.wait();
    assert.match(JSON.stringify(typescript.outputs), /'42\.0'/);

    const python = await api.execute('mine');
    const outcome = await python.wait();
    assert.equal(outcome.status === 'error' && outcome.error.name, 'NameError');
    assert.match(api.status.interpreterLabel ?? '', /^Python/);
  });

  it('is current when one of its files is looked at', async () => {
    const api = await activated();
    await openText('javascript', '1');
    await until(() => api.status.interpreterLabel?.startsWith('Node.js') === true);
    await openPython('1');
    await until(() => api.status.interpreterLabel?.startsWith('Python') === true);
  });

  it('interrupts what runs, whichever session is current', async () => {
    const api = await activated();
    const loop = await api.execute('for (;;);', 'javascript');
    await openPython('1');
    await until(() => api.status.interpreterLabel?.startsWith('Python') === true);
    await vscode.commands.executeCommand('extsession.interruptSession');
    assert.equal((await loop.wait()).status, 'interrupted');
  });

  it('runs elements of JSX in its files', async () => {
    const content =
      '// %%\nvar React = { createElement: (type) => type };\n// %%\nconst name: string = \n  <b>{1}</b>;\nname\n';
    const editor = await openText('typescriptreact', content, [1, 0]);
    await (await submittedBy('extsession.runCellAndAdvance')).results.wait();
    await until(() => editor.selection.active.line === 2);
    assert.match(String(await valueOf(await submittedBy('extsession.runCell'))), /'b'/);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      editor.document.uri,
    );
    assert.ok(lenses.length >= 3);
  });

  it('runs statements and cells of its files', async () => {
    const content = '// %% one\nconst prices: number[] = [\n  1, 2,\n];\nprices.length\n// %% two\nprices[1]! * 2\n';
    const editor = await openText('typescript', content, [2, 0]);
    const statement = await submittedBy('extsession.runSelection');
    assert.equal(statement.source, 'const prices: number[] = [\n  1, 2,\n];');
    await statement.results.wait();
    editor.selection = new vscode.Selection(6, 0, 6, 0);
    assert.match(String(await valueOf(await submittedBy('extsession.runCell'))), /4/);
  });
});
