import * as assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { SubmittedCommand } from '../../src/host/sessions/command.js';
import { edit, openPython, submittedBy, until, valueOf, withSetting } from './session.js';

describe('the editor shows of a command', () => {
  it('its whole value in a hover at the end of its line, in which nothing is markup', async () => {
    const { document } = await openPython('["```", "<b>[x](command:extsession.showLog)</b>"] * 40\n');
    await valueOf(await submittedBy('extsession.runSelection'));
    const [value, link] = await hoverAt(document, 0);
    assert.ok(value && link);
    assert.match(value.value, /^````python\n\['```', '<b>\[x\]\(command:extsession\.showLog\)<\/b>', [^…]*\n````$/);
    assert.ok(!value.isTrusted);
    assert.match(link.value, /^\[Open in Panel\]\(command:extsession\.openPanel\?%5B%7B%22key%22%3A\d+%7D%5D\)$/);
    assert.deepEqual(link.isTrusted, { enabledCommands: ['extsession.openPanel'] });
  });

  it('its picture in the hover, when it has one', async () => {
    const picture = 'class P:\n    def _repr_png_(self): return b"\\x89PNG"\nP()\n';
    const { document } = await openPython(picture, [0, 0], [2, 3]);
    await valueOf(await submittedBy('extsession.runSelection'));
    const contents = await hoverAt(document, 2);
    assert.match(contents[0]?.value ?? '', /^!\[\]\(data:image\/png;base64,/);
  });

  it('its result until its own text changes, and again when that is undone', async () => {
    const { document } = await openPython('1 + 1\n2 + 2\n', [0, 0], [0, 5]);
    await valueOf(await submittedBy('extsession.runSelection'));
    await edit(document, [0, 0], '# above\n');
    assert.equal((await hoverAt(document, 1)).length, 2);
    await edit(document, [1, 1], '0');
    assert.deepEqual(await hoverAt(document, 1), []);
    await vscode.commands.executeCommand('undo');
    assert.equal((await hoverAt(document, 1)).length, 2);
  });

  it('no result after it was cleared', async () => {
    const { document } = await openPython('3 + 3\n');
    await valueOf(await submittedBy('extsession.runSelection'));
    assert.equal((await hoverAt(document, 0)).length, 2);
    await vscode.commands.executeCommand('extsession.clearInlineResults');
    assert.deepEqual(await hoverAt(document, 0), []);
  });

  it('no result when the setting says so', async () => {
    const { document } = await openPython('4 + 4\n');
    await valueOf(await submittedBy('extsession.runSelection'));
    await withSetting('editor.inlineResults', false, async () => {
      assert.deepEqual(await hoverAt(document, 0), []);
    });
  });

  it('an error as a problem of the line that failed, with the way to it, until its code runs again', async () => {
    const text = 'def inner(x):\n    return 1 / x\n\ninner(0)\n';
    const editor = await openPython(text, [0, 0], [3, 8]);
    await (await submittedBy('extsession.runSelection')).results.wait();
    const [problem] = await problemsOf(editor.document);
    assert.ok(problem);
    assert.equal(problem.message, 'ZeroDivisionError: division by zero');
    assert.equal(problem.range.start.line, 1);
    assert.deepEqual(
      problem.relatedInformation?.map(({ location, message }) => [location.range.start.line, message]),
      [[3, 'in <module>']],
    );
    await edit(editor.document, [0, 0], '\n\n');
    await until(() => vscode.languages.getDiagnostics(editor.document.uri)[0]?.range.start.line === 3);
    await edit(editor.document, editor.document.lineAt(5).range, 'inner(1)');
    await vscode.window.showTextDocument(editor.document, { selection: new vscode.Range(2, 0, 5, 8) });
    await valueOf(await submittedBy('extsession.runSelection'));
    assert.deepEqual(vscode.languages.getDiagnostics(editor.document.uri), []);
  });

  it('an error of generated code without a line, and only the beginning of a long message', async () => {
    const code =
      'import sys\n' +
      'file = sys._getframe().f_code.co_filename\n' +
      'raising = compile("raise ValueError(100_000 * \'x\')", file, "exec")\n' +
      'exec(raising.replace(co_firstlineno=0))\n';
    const { document } = await openPython(code, [0, 0], [3, 40]);
    await (await submittedBy('extsession.runSelection')).results.wait();
    const [problem] = await problemsOf(document);
    assert.equal(problem?.range.start.line, 3);
    assert.ok(problem.message.startsWith('ValueError: xxx'), problem.message);
    assert.equal(problem.message.length, 2002);
  });

  it('what it displayed last, if it has no value', async () => {
    const editor = await openPython('display(1); display({"a": 2})\n', [0, 0]);
    await (await submittedBy('extsession.runSelection')).results.wait();
    await until(async () => (await hoverAt(editor.document, 0))[0]?.value === "```python\n{'a': 2}\n```");
  });

  it('its value when its line changes places with another, and so does that one', async () => {
    const editor = await openPython('6 * 7\n6 * 8\n\n', [0, 0]);
    const valuesAt = async (line: number) => (await hoverAt(editor.document, line))[0]?.value;
    assert.equal(await valueOf(await submittedBy('extsession.runSelection')), '42');
    assert.equal(await valueOf(await submittedBy('extsession.runSelection')), '48');
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await vscode.commands.executeCommand('editor.action.moveLinesDownAction');
    assert.equal(editor.document.getText(), '6 * 8\n6 * 7\n\n');
    assert.deepEqual([await valuesAt(0), await valuesAt(1)], ['```python\n48\n```', '```python\n42\n```']);
    await vscode.commands.executeCommand('undo');
    assert.deepEqual([await valuesAt(0), await valuesAt(1)], ['```python\n42\n```', '```python\n48\n```']);
  });

  it('its value when several cursors move lines', async () => {
    const editor = await openPython('1\n2\n3\n4\n\n');
    for (let line = 0; line < 4; line++) await valueOf(await submittedBy('extsession.runSelection'));
    editor.selections = [new vscode.Selection(0, 0, 0, 0), new vscode.Selection(2, 0, 2, 0)];
    await vscode.commands.executeCommand('editor.action.moveLinesDownAction');
    assert.equal(editor.document.getText(), '2\n1\n4\n3\n\n');
    for (const [line, value] of ['2', '1', '4', '3'].entries())
      assert.equal((await hoverAt(editor.document, line))[0]?.value, `\`\`\`python\n${value}\n\`\`\``);
  });

  it('an error no longer once the line that failed has run', async () => {
    const editor = await openPython('# %% cell\nfirst = 1\nlater * 2\nlast = 3\n', [1, 0]);
    await (await submittedBy('extsession.runCell')).results.wait();
    assert.equal((await problemsOf(editor.document))[0]?.range.start.line, 2);
    await valueOf(await submittedIn('later = 3'));
    await vscode.window.showTextDocument(editor.document, { selection: new vscode.Range(2, 0, 2, 0) });
    assert.equal(await valueOf(await submittedBy('extsession.runSelection')), '6');
    assert.deepEqual(vscode.languages.getDiagnostics(editor.document.uri), []);
    const [value, link, ...more] = await hoverAt(editor.document, 2);
    assert.deepEqual([value?.value, link !== undefined, more], ['```python\n6\n```', true, []]);
  });

  it('an error no longer once the line that failed reads otherwise, and again when that is undone', async () => {
    const text = 'def half(x):\n    return x / 0\n\nhalf(1)\n';
    const editor = await openPython(text, [0, 0], [3, 7]);
    await (await submittedBy('extsession.runSelection')).results.wait();
    assert.equal((await problemsOf(editor.document))[0]?.range.start.line, 1);
    await edit(editor.document, new vscode.Range(1, 15, 1, 16), '2');
    await until(() => vscode.languages.getDiagnostics(editor.document.uri).length === 0);
    await vscode.commands.executeCommand('undo');
    assert.equal((await problemsOf(editor.document))[0]?.range.start.line, 1);
  });

  it('the way to an error through files that are not open', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'extsession-frames-'));
    const file = path.join(folder, 'elsewhere.py');
    writeFileSync(file, '\ndef fail():\n    return [][1]\n');
    const { document } = await openPython(
      `import sys; sys.path.insert(0, "${folder}")\nimport elsewhere; elsewhere.fail()\n`,
      [0, 0],
      [1, 34],
    );
    await (await submittedBy('extsession.runSelection')).results.wait();
    const [problem] = await problemsOf(document);
    assert.equal(problem?.range.start.line, 1);
    assert.deepEqual(
      problem.relatedInformation?.map(({ location, message }) => [
        location.uri.fsPath,
        location.range.start.line,
        message,
      ]),
      [[file, 2, 'in fail']],
    );
    rmSync(folder, { recursive: true });
  });

  it('no problem while the setting says so', async () => {
    const { document } = await openPython('1 / 0\n');
    await (await submittedBy('extsession.runSelection')).results.wait();
    assert.equal((await problemsOf(document)).length, 1);
    await withSetting('editor.diagnostics', false, async () => {
      await until(() => vscode.languages.getDiagnostics(document.uri).length === 0);
    });
    assert.equal((await problemsOf(document)).length, 1);
  });

  it('the way to it in the panel, also when the panel was closed', async () => {
    const { document } = await openPython('"somewhere in the panel"\n');
    await valueOf(await submittedBy('extsession.runSelection'));
    const [, link] = await hoverAt(document, 0);
    const [, argument = ''] = /openPanel\?([^)]+)/.exec(link?.value ?? '') ?? [];
    const panels = () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ label }) => label === 'ExtSession');
    await vscode.window.tabGroups.close(panels());
    const [entry] = JSON.parse(decodeURIComponent(argument)) as [{ key: number }];
    await vscode.commands.executeCommand('extsession.openPanel', entry);
    await until(() => panels().some(({ isActive }) => isActive));
  });

  it('the place of a syntax error', async () => {
    const { document } = await openPython('ok = 1\nx = = 2\n', [1, 0]);
    await (await submittedBy('extsession.runSelection')).results.wait();
    const [problem] = await problemsOf(document);
    assert.equal(problem?.range.start.line, 1);
    assert.match(problem.message, /^SyntaxError: /);
  });

  it('no problem for an interruption', async () => {
    const { document } = await openPython('import time; time.sleep(60)\n');
    const { results } = await submittedBy('extsession.runSelection');
    await until(() => results.state === 'running');
    await vscode.commands.executeCommand('extsession.interruptSession');
    await results.wait();
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });
});

async function submittedIn(code: string): Promise<SubmittedCommand> {
  await openPython(code);
  return submittedBy('extsession.runSelection');
}

async function problemsOf({ uri }: vscode.TextDocument): Promise<readonly vscode.Diagnostic[]> {
  await until(() => vscode.languages.getDiagnostics(uri).length > 0);
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'ExtSession');
}

/** What the hover at the end of a line says. */
async function hoverAt(document: vscode.TextDocument, line: number): Promise<vscode.MarkdownString[]> {
  const { end } = document.lineAt(line).range;
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, end);
  return hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
}
