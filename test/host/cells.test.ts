import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, allSubmittedBy, openPython, submittedBy, until, valueOf, withSetting } from './session.js';

const FILE = 'a = 1\n# %% one\na += 10\n\n# %% [markdown]\n# text\n# %% two\na += 100\na\n# %% three\na * 2\n';

describe('cells', () => {
  it('run above the cursor, each as a command of its own', async () => {
    await openPython(FILE, [7, 0]);
    const commands = await allSubmittedBy('extsession.runCellsAbove', 2);
    assert.deepEqual(sourcesOf(commands), ['a = 1', 'a += 10']);
  });

  it('run below the cursor, with its own', async () => {
    await openPython(FILE, [8, 0]);
    const commands = await allSubmittedBy('extsession.runCellAndBelow', 2);
    assert.deepEqual(sourcesOf(commands), ['a += 100\na', 'a * 2']);
  });

  it('run all, text cells left out', async () => {
    await openPython(FILE, [5, 0]);
    const commands = await allSubmittedBy('extsession.runAll', 4);
    assert.equal(await valueOf(last(commands)), '222');
  });

  it('stop at the first that fails: those after it are cancelled', async () => {
    await openPython('# %%\nimport time; time.sleep(0.2); 1 / 0\n# %%\nran = 1\n# %%\nran = 2\n');
    const commands = await allSubmittedBy('extsession.runAll', 3);
    const outcomes = await Promise.all(commands.map(({ results }) => results.wait()));
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['error', 'cancelled', 'cancelled'],
    );
  });

  it('run all of a file without cells as one', async () => {
    await openPython('b = 3\n\nb * b\n', [2, 0]);
    const command = await submittedBy('extsession.runAll');
    assert.equal(command.source, 'b = 3\n\nb * b');
  });

  it('run all in a new process, when the user wants it so', async () => {
    await openPython('left_over = 1\n');
    await valueOf(await submittedBy('extsession.runSelection'));
    await openPython('# %% one\n"left_over" in globals()\n# %% two\n2\n');
    const commands = await allSubmittedBy('extsession.restartAndRunAll', 2);
    assert.equal(await valueOf(last(commands.slice(0, 1))), 'False');
    assert.equal(await valueOf(last(commands)), '2');
  });

  it('run up to the one at the cursor, or above it, in a new process', async () => {
    await openPython(FILE, [7, 0]);
    const here = await allSubmittedBy('extsession.restartAndRunToHere', 3);
    assert.deepEqual(sourcesOf(here), ['a = 1', 'a += 10', 'a += 100\na']);
    assert.equal(await valueOf(last(here)), '111');
    const above = await allSubmittedBy('extsession.restartAndRunAbove', 2);
    assert.deepEqual(sourcesOf(above), ['a = 1', 'a += 10']);
    await openPython('"a" in globals()\nif 1:\n    e = 2\n3\n', [2, 4]);
    assert.deepEqual(sourcesOf(await allSubmittedBy('extsession.restartAndRunAbove', 1)), ['"a" in globals()']);
    const through = await submittedBy('extsession.restartAndRunToHere');
    assert.equal(through.source, '"a" in globals()\nif 1:\n    e = 2');
    await through.results.wait();
  });

  it('are inserted, moved, split and selected in steps that can be undone', async () => {
    const editor = await openPython('# %% one\nx\n\n# %% two\n\ty', [4, 2]);
    const text = () => editor.document.getText();
    const cursor = () => [editor.selection.active.line, editor.selection.active.character];
    const run = (id: string) => vscode.commands.executeCommand(`extsession.${id}`);
    await run('moveCellUp');
    assert.deepEqual([text(), cursor()], ['# %% two\n\ty\n\n# %% one\nx', [1, 2]]);
    await vscode.commands.executeCommand('undo');
    assert.equal(text(), '# %% one\nx\n\n# %% two\n\ty');
    await vscode.commands.executeCommand('undo');
    assert.equal(text(), '# %% one\nx\n\n# %% two\n\ty');
    await run('insertCellBelow');
    assert.deepEqual([text(), cursor()], ['# %% one\nx\n\n# %% two\n\ty\n\n# %%\n', [7, 0]]);
    await run('deleteCell');
    assert.deepEqual([text(), cursor()], ['# %% one\nx\n\n# %% two\n\ty\n', [3, 0]]);
    await run('changeCellToMarkdown');
    assert.equal(text(), '# %% one\nx\n\n# %% [markdown] two\n# \ty\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(text(), '# %% one\nx\n\n# %% two\n\ty\n');
    await run('selectCell');
    assert.equal(editor.document.getText(editor.selection), '# %% two\n\ty');
  });

  it('are run, moved and deleted for all cursors', async () => {
    const editor = await openPython('# %% one\n1\n# %% two\n2\n# %% three\n3\n');
    const at = (...lines: readonly number[]) => {
      editor.selections = lines.map((line) => new vscode.Selection(line, 0, line, 0));
    };
    const cursors = () => editor.selections.map(({ active }) => active.line);
    at(5, 1);
    assert.deepEqual(sourcesOf(await allSubmittedBy('extsession.runCell', 2)), ['1', '3']);
    assert.deepEqual(sourcesOf(await allSubmittedBy('extsession.runCellAndAdvance', 2)), ['1', '3']);
    assert.equal(editor.document.lineCount, 9);
    await vscode.commands.executeCommand('undo');
    at(3, 5);
    await vscode.commands.executeCommand('extsession.moveCellUp');
    assert.equal(editor.document.getText(), '# %% two\n2\n# %% three\n3\n# %% one\n1\n');
    assert.deepEqual(cursors(), [1, 3]);
    await vscode.commands.executeCommand('extsession.deleteCell');
    assert.equal(editor.document.getText(), '# %% one\n1\n');
  });

  it('are inserted while the user types', async () => {
    const editor = await openPython('# %% one\nx\n', [1, 1]);
    const typed = editor.edit((edit) => edit.insert(new vscode.Position(1, 1), 'yz'));
    await Promise.all([typed, vscode.commands.executeCommand('extsession.insertCellBelow')]);
    assert.equal(editor.document.getText(), '# %% one\nxyz\n\n# %%\n');
  });

  it('know the line of the menu that a command comes from, and a document with other line breaks', async () => {
    const editor = await openPython('# %% one\r\nx\r\n# %% two\r\ny\r\n');
    await vscode.commands.executeCommand('extsession.deleteCell', { uri: editor.document.uri, lineNumber: 3 });
    assert.equal(editor.document.getText(), '# %% one\r\nx\r\n');
    await vscode.commands.executeCommand('extsession.insertCellAbove');
    assert.equal(editor.document.getText(), '# %%\r\n\r\n\r\n# %% one\r\nx\r\n');
  });

  it("run to the line and from the line of the menu at the line's number", async () => {
    const { document } = await openPython('d = 1\nd += 1\nd\n');
    const menu = { uri: document.uri, lineNumber: 2 };
    assert.equal((await submittedBy('extsession.runToLine', menu)).source, 'd = 1');
    assert.equal((await submittedBy('extsession.runFromLine', menu)).source, 'd += 1\nd');
  });

  it('begin at a marker that is set for the language', async () => {
    const { document } = await openPython('# --- one\n1\n# --- two\n2\n');
    assert.deepEqual(await lensesOf(document), []);
    const inPython = vscode.workspace.getConfiguration('extsession', { languageId: 'python' });
    const mark = (marker?: string) => inPython.update('cells.marker', marker, vscode.ConfigurationTarget.Global, true);
    try {
      await mark('^# ---');
      await until(async () => (await lensesOf(document)).some(({ range }) => range.start.line === 2));
    } finally {
      await mark();
    }
    await until(async () => (await lensesOf(document)).length === 0);
  });

  it('begin at the default markers when the marker that is set takes too long', async () => {
    await withSetting('cells.marker', '^#(a+)+$', async () => {
      const { document } = await openPython(`#${'a'.repeat(60)}!\n# %% one\n1\n`);
      const lines = (await lensesOf(document)).map(({ range }) => range.start.line);
      assert.deepEqual([...new Set(lines)], [1]);
    });
  });

  it('run to the line and from the line', async () => {
    await openPython('c = 1\ndef f():\n    return c\nf() + 1\n', [2, 4]);
    assert.equal((await submittedBy('extsession.runToLine')).source, 'c = 1');
    const from = await submittedBy('extsession.runFromLine');
    assert.equal(from.source, 'def f():\n    return c\nf() + 1');
    assert.equal(from.origin?.firstLine, 1);
    assert.equal(await valueOf(from), '2');
  });

  it('are gone through by commands that stop at both ends', async () => {
    const editor = await openPython(FILE, [0, 0]);
    const visited: number[] = [];
    for (const id of [...Array<string>(5).fill('goToNextCell'), ...Array<string>(5).fill('goToPreviousCell')]) {
      await vscode.commands.executeCommand(`extsession.${id}`);
      visited.push(editor.selection.active.line);
    }
    assert.deepEqual(visited, [1, 4, 6, 9, 9, 6, 4, 1, 0, 0]);
  });

  it('have lenses, which run the cell that they stand above', async () => {
    await activated();
    const { document } = await openPython(FILE, [0, 0]);
    const lenses = await lensesOf(document);
    assert.deepEqual(
      lenses.map(({ command, range }) => `${range.start.line} ${command?.title ?? ''}`),
      [0, 1, 4, 6, 9].flatMap((line) => [
        `${line} Run Cell`,
        ...(line === 4 ? [] : [`${line} Debug Cell`]), // which is text
        ...(line > 0 ? [`${line} Run Above`] : []),
      ]),
    );
    const lens = lenses.find(({ range }) => range.start.line === 6)?.command;
    assert.ok(lens);
    const command = await submittedBy(lens.command, ...((lens.arguments ?? []) as unknown[]));
    assert.equal(command.source, 'a += 100\na');
    await command.results.wait();
  });

  it('have the lenses that the user chose', async () => {
    const { document } = await openPython(FILE);
    await withSetting('cells.codeLens', ['runAll', 'nonsense'], async () => {
      assert.deepEqual([...new Set((await lensesOf(document)).map(({ command }) => command?.title))], ['Run All']);
    });
    await withSetting('cells.codeLens', [], async () => {
      assert.deepEqual(await lensesOf(document), []);
    });
  });

  it('fold, with regions and blocks', async () => {
    const { document } = await openPython('# %%\n#region x\nif 1:\n    pass\n#endregion\n# %%\ny\n');
    assert.deepEqual(await foldsOf(document), ['0-4', '1-4', '2-3', '5-6']);
  });

  it('fold in TypeScript, with its own folding', async () => {
    const content = '// %%\nconst a = {\n  b: 1,\n};\n// %%\nfunction f() {\n  return a;\n}\n';
    const document = await vscode.workspace.openTextDocument({ language: 'typescript', content });
    await until(async () => (await foldsOf(document)).join() === '0-3,1-2,4-7,5-6');
  });

  it('are symbols, with their titles, and those with more % below the others, when the setting says so', async () => {
    const { document } = await openPython('# %% Load\n1\n# %%% Part\n2\n# %% [markdown]\n# # About\n# %%\n');
    const { Module, String: Text } = vscode.SymbolKind;
    assert.deepEqual(await symbolsOf(document), []);
    await withSetting('cells.outline', true, async () => {
      await until(async () => (await symbolsOf(document)).length > 0);
      assert.deepEqual(await symbolsOf(document), [
        {
          name: 'Load',
          kind: Module,
          lines: '0-3',
          children: [{ name: 'Part', kind: Module, lines: '2-3', children: [] }],
        },
        { name: 'About', kind: Text, lines: '4-5', children: [] },
        { name: 'Cell', kind: Module, lines: '6-7', children: [] },
      ]);
    });
    await until(async () => (await symbolsOf(document)).length === 0);
  });

  it('are symbols beside those of the language, and none without a marker', async () => {
    const symbolsIn = async (content: string) =>
      symbolsOf(await vscode.workspace.openTextDocument({ language: 'javascript', content }));
    const named = (symbols: readonly Symbol[], name: string) => symbols.filter((symbol) => symbol.name === name);
    await withSetting('cells.outline', true, async () => {
      await until(async () => {
        const symbols = await symbolsIn('// %% Load\nfunction load() {\n  return 1;\n}\n');
        return named(symbols, 'Load').length === 1 && named(symbols, 'load').length === 1;
      });
      assert.equal((await symbolsIn('// Load\nfunction load() {\n  return 1;\n}\n')).length, 1);
    });
  });

  it('leave all folding to VS Code when the setting says so', async () => {
    const { document } = await openPython('# %%\nif 1:\n    pass\n# %%\ny\n');
    await withSetting('cells.folding', false, async () => {
      assert.deepEqual(await foldsOf(document), ['1-2']);
    });
  });

  it('leave the folding of a file without cells to VS Code', async () => {
    const { document } = await openPython('#region x\nif 1:\n    pass\n#endregion\n');
    const folds = await foldsOf(document);
    assert.deepEqual(folds, ['0-3', '1-2']);
  });
});

async function lensesOf({ uri }: vscode.TextDocument): Promise<vscode.CodeLens[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 50);
  return lenses.filter(({ command }) => command?.command.startsWith('extsession.'));
}

interface Symbol {
  readonly name: string;
  readonly kind: vscode.SymbolKind;
  readonly lines: string;
  readonly children: readonly Symbol[];
}

async function symbolsOf({ uri }: vscode.TextDocument): Promise<Symbol[]> {
  const shown = ({ name, kind, range: { start, end }, children }: vscode.DocumentSymbol): Symbol => {
    return { name, kind, lines: `${start.line}-${end.line}`, children: children.map(shown) };
  };
  const command = 'vscode.executeDocumentSymbolProvider';
  return ((await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(command, uri)) ?? []).map(shown);
}

async function foldsOf({ uri }: vscode.TextDocument): Promise<string[]> {
  const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', uri);
  return folds.map(({ start, end }) => `${start}-${end}`);
}

function sourcesOf(commands: readonly { readonly source: string }[]): string[] {
  return commands.map(({ source }) => source);
}

function last<T>(elements: readonly T[]): T {
  const element = elements.at(-1);
  assert.ok(element);
  return element;
}
