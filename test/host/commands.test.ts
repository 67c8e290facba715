import * as assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { activated, allSubmittedBy, becomes, openPython, submittedBy, until, valueOf, withSetting } from './session.js';

const manifest = (): { contributes: { commands: { command: string; category: string }[] } } =>
  vscode.extensions.getExtension('extsession.extsession')?.packageJSON as ReturnType<typeof manifest>;

describe('the commands', () => {
  it('are those that the manifest declares, under one category', async () => {
    await activated();
    const registered = (await vscode.commands.getCommands(true)).filter((id) =>
      /^extsession\.((entry|plot|variable)\.)?[^.]+$/.test(id),
    );
    const declared = manifest().contributes.commands;
    assert.deepEqual(registered.toSorted(), declared.map(({ command }) => command).toSorted());
    assert.deepEqual([...new Set(declared.map(({ category }) => category))], ['ExtSession']);
  });

  it('run the statement at the cursor and move on to the next', async () => {
    const editor = await openPython('total = sum([\n  1,\n  2,\n])\n\n# next\ntotal * 2\n', [1, 0]);
    const first = await submittedBy('extsession.runSelection');
    assert.equal(first.source, 'total = sum([\n  1,\n  2,\n])');
    assert.deepEqual([first.origin?.firstLine, first.origin?.lastLine], [0, 3]);
    assert.equal(editor.selection.active.line, 6);
    assert.equal(await valueOf(await submittedBy('extsession.runSelection')), '6');
  });

  it('run the last statement once, and go on to a new line below it', async () => {
    const editor = await openPython('first = 1\nif first:\n    last = 2', [2, 4]);
    assert.equal((await submittedBy('extsession.runSelection')).source, 'last = 2');
    assert.equal(editor.document.getText(), 'first = 1\nif first:\n    last = 2\n');
    await until(() => editor.selection.active.line === 3);
  });

  it('run the selection and leave the cursor', async () => {
    const editor = await openPython('a = 4; b = 5\na + b\n', [0, 0], [1, 5]);
    const command = await submittedBy('extsession.runSelection');
    assert.equal(command.source, 'a = 4; b = 5\na + b');
    assert.equal(await valueOf(command), '9');
    assert.equal(editor.selection.end.line, 1);
  });

  it('run several selections in the order of the text, and leave the cursors', async () => {
    const editor = await openPython('m = 1\nn = [m +\n  1]\nm = 5\nn.append(m)\n');
    editor.selections = [
      new vscode.Selection(4, 0, 4, 0),
      new vscode.Selection(2, 1, 2, 1),
      new vscode.Selection(1, 2, 1, 2),
      new vscode.Selection(0, 0, 0, 5),
    ];
    const commands = await allSubmittedBy('extsession.runSelection', 3);
    assert.deepEqual(
      commands.map(({ source, origin }) => [source, origin?.firstLine]),
      [
        ['m = 1', 0],
        ['n = [m +\n  1]', 1],
        ['n.append(m)', 4],
      ],
    );
    assert.equal(editor.selections.length, 4);
    await commands.at(-1)?.results.wait();
  });

  it('run of several selections those up to the first that fails', async () => {
    const editor = await openPython('1 / 0\nafter = 1\n');
    editor.selections = [new vscode.Selection(0, 0, 0, 0), new vscode.Selection(1, 0, 1, 0)];
    const commands = await allSubmittedBy('extsession.runSelection', 2);
    const outcomes = await Promise.all(commands.map(({ results }) => results.wait()));
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['error', 'cancelled'],
    );
  });

  it('make a new cell below one of text, with the marker of the user', async () => {
    await withSetting('cells.marker', '^# -{3}', async () => {
      const editor = await openPython('# --- one\n1\n# --- [markdown] two\n# text\n', [3, 0]);
      await vscode.commands.executeCommand('extsession.runCellAndAdvance');
      await until(() => editor.document.getText().endsWith('# text\n\n# ---\n'));
      await vscode.commands.executeCommand('extsession.runCellAndAdvance');
      assert.ok(editor.document.getText().endsWith('# text\n\n# ---\n'));
    });
  });

  it('run a cell as one command, and go on to the next one, or make it', async () => {
    const editor = await openPython('# %% one\nx = """\n# %% no cell\n"""\nlen(x)\n# %% two\nx.strip()', [1, 0]);
    assert.equal(await valueOf(await submittedBy('extsession.runCell')), '14');
    assert.equal(editor.selection.active.line, 1);
    await valueOf(await submittedBy('extsession.runCellAndAdvance'));
    assert.equal(editor.selection.active.line, 5);
    assert.equal(await valueOf(await submittedBy('extsession.runCellAndAdvance')), "'# %% no cell'");
    await until(() => editor.document.getText().endsWith('x.strip()\n\n# %%\n'));
    await until(() => editor.selection.active.line === 9);
  });

  it('evaluate the selected expression', async () => {
    await openPython('nothing = [6 * 7]\n', [0, 11], [0, 16]);
    assert.equal(await valueOf(await submittedBy('extsession.evaluateExpression')), '42');
  });

  it('show a traceback with the lines of the document', async () => {
    const editor = await openPython('\n\ndef fail():\n    1 / 0\n\nfail()\n', [2, 0], [5, 6]);
    const { results } = await submittedBy('extsession.runSelection');
    const outcome = await results.wait();
    assert.equal(outcome.status, 'error');
    assert.deepEqual(
      outcome.error.frames.map(({ file, line }) => [file, line]),
      [
        [editor.document.uri.toString(), 6],
        [editor.document.uri.toString(), 4],
      ],
    );
  });

  it('run a file as it is in the editor, in a process of its own, with arguments', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const [file, report] = ['extsession_run.py', 'extsession_run.txt'].map((name) => path.join(folder, name));
    assert.ok(file !== undefined && report !== undefined);
    try {
      writeFileSync(file, '');
      await vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn: vscode.ViewColumn.One });
      const source = `import os, sys\nopen(${JSON.stringify(report)}, "w").write(repr((sys.argv, os.getcwd(), __name__)))\n`;
      // VS Code may give the file another editor meanwhile, which an edit of the first would miss.
      const edit = new vscode.WorkspaceEdit();
      edit.insert(vscode.Uri.file(file), new vscode.Position(0, 0), source);
      assert.ok(await vscode.workspace.applyEdit(edit));
      await vscode.commands.executeCommand('extsession.runFile', { args: ['--n', '3'] });
      await until(() => existsSync(report) && readFileSync(report, 'utf8') !== '');
      assert.equal(readFileSync(report, 'utf8'), `(['${file}', '--n', '3'], '${folder}', '__main__')`);
      assert.equal(readFileSync(file, 'utf8'), source);
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      for (const made of [file, report]) rmSync(made, { force: true });
    }
  });

  it('interrupt the running command and keep the variables', async () => {
    await openPython('kept = 7\nimport time; print("on")\nwhile True: time.sleep(0.01)\n', [0, 0], [2, 28]);
    const command = await submittedBy('extsession.runSelection');
    await until(() => command.results.stdout === 'on\n');
    await vscode.commands.executeCommand('extsession.interruptSession');
    assert.equal((await command.results.wait()).status, 'interrupted');
    await openPython('kept');
    assert.equal(await valueOf(await submittedBy('extsession.runSelection')), '7');
  });

  it('show where the running command is, and open the line', async () => {
    const editor = await openPython(
      'import time\ndef wait():\n    while True:\n        time.sleep(0.01)\nprint("on"); wait()',
      [0, 0],
      [4, 20],
    );
    const command = await submittedBy('extsession.runSelection');
    await until(() => command.results.stdout === 'on\n');
    const shown = vscode.commands.executeCommand('extsession.whereIsIt');
    await until(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return editor.selection.active.line === 2 || editor.selection.active.line === 3;
    });
    await shown;
    await vscode.commands.executeCommand('extsession.interruptSession');
    await command.results.wait();
  });

  it('restart into an empty namespace, while a command runs', async () => {
    await openPython('kept = 8\nwhile True: pass\n', [0, 0], [1, 16]);
    const command = await submittedBy('extsession.runSelection');
    await becomes('busy');
    await vscode.commands.executeCommand('extsession.restartSession');
    assert.equal((await command.results.wait()).status, 'cancelled');
    await openPython('"kept" in globals()');
    assert.equal(await valueOf(await submittedBy('extsession.runSelection')), 'False');
  });

  it('begin anew after a crash', async () => {
    await openPython('import os\nos.abort()\n', [0, 0], [1, 10]);
    const { results } = await submittedBy('extsession.runSelection');
    const outcome = await results.wait();
    assert.deepEqual([outcome.status, 'signal' in outcome && outcome.signal], ['died', 'SIGABRT']);
    await becomes('dead');
    await openPython('1 + 1');
    assert.equal(await valueOf(await submittedBy('extsession.runSelection')), '2');
  });
});
