import { beforeEach, describe, expect, test } from 'vitest';
import { commandSheet } from '../../../src/export/commandCells.js';
import { fileSheet } from '../../../src/export/fileSheet.js';
import { readScript, type ScriptSheet } from '../../../src/export/readScript.js';
import { readNotebook } from '../../../src/export/readNotebook.js';
import { withoutOutputs, type Sheet } from '../../../src/export/sheet.js';
import { writeMarkdown } from '../../../src/export/writeMarkdown.js';
import { writeNotebook } from '../../../src/export/writeNotebook.js';
import { writePage } from '../../../src/export/writePage.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { restoreTranscript, saveTranscript } from '../../../src/panel/model/savedTranscript.js';
import { keyError } from '../../support/panelPage/scenes.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';

const uri = 'file:///work/a.py';
let model: PanelModel;
let session: ScriptedSession;

beforeEach(() => {
  model = new PanelModel();
  session = new ScriptedSession(model);
});

function run(source: string, firstLine = 0) {
  return session.add(source, { uri, firstLine, lastLine: firstLine + source.split('\n').length - 1 }).start();
}

function script(text: string): ScriptSheet {
  const sheet = readScript(text, 'python', {});
  if (!sheet) throw new Error('Python is known.');
  return sheet;
}

describe('the transcript as a sheet', () => {
  test('has each command with its outputs as data', () => {
    run('print(1)').stdout('1\n').stderr('!\n').stdout('2\n').returns({ 'text/plain': '5', 'text/html': '<b>5</b>' });
    run('{}["a"]').fails(keyError);
    expect(commandSheet(model, model.keys())?.cells).toMatchObject([
      {
        kind: 'code',
        source: 'print(1)',
        number: 1,
        outputs: [
          { type: 'stream', name: 'stdout', text: '1\n' },
          { type: 'stream', name: 'stderr', text: '!\n' },
          { type: 'stream', name: 'stdout', text: '2\n' },
          { type: 'execute_result', data: { 'text/plain': '5', 'text/html': '<b>5</b>' } },
        ],
      },
      { source: '{}["a"]', number: 2, outputs: [{ type: 'error', name: 'KeyError' }] },
    ]);
  });

  test('has all of a long text, of which the panel only keeps the ends', () => {
    const text = Array.from({ length: 5000 }, (_, line) => `line ${String(line)}\n`).join('');
    run('many()').stdout(text).ok();
    expect(commandSheet(model, model.keys())?.cells[0]?.outputs).toEqual([{ type: 'stream', name: 'stdout', text }]);
  });

  test('tells what came after the end of a command, here and in a notebook, a document and a page', async () => {
    const late = { isLate: true } as const;
    run('start()').stdout('now ').display({ 'text/plain': 'a' }).ok().stdout('later\n').display({ 'text/plain': 'b' });
    run('next()').stdout('next\n').ok();
    const sheet = commandSheet(model, model.keys());
    if (!sheet) throw new Error('There are commands.');
    const outputs = [
      { type: 'stream', name: 'stdout', text: 'now ' },
      { type: 'display_data', data: { 'text/plain': 'a' } },
      { type: 'stream', name: 'stdout', text: 'later\n', ...late },
      { type: 'display_data', data: { 'text/plain': 'b' }, ...late },
    ];
    expect(sheet.cells.map((cell) => cell.outputs)).toEqual([
      outputs,
      [{ type: 'stream', name: 'stdout', text: 'next\n' }],
    ]);

    const notebook = writeNotebook(sheet);
    expect(JSON.parse(notebook)).toMatchObject({
      cells: [{ metadata: { extsession: { lateOutputs: [2, 3] } } }, { metadata: {} }],
    });
    const read = readNotebook(notebook);
    const [first] = 'cells' in read ? read.cells : [];
    expect(first?.metadata).toEqual({});
    expect(first?.outputs.map(({ isLate = false }) => isLate)).toEqual([false, false, true, true]);

    const note = 'Written after the command had ended:';
    expect(writeMarkdown(sheet).split(note)).toHaveLength(2);
    const page = await writePage(sheet, { title: '', detail: '', draw: () => Promise.resolve(undefined) });
    expect(page.split(note)).toHaveLength(2);
    expect(page.indexOf(note)).toBeGreaterThan(page.indexOf('now'));
    expect(page.indexOf(note)).toBeLessThan(page.indexOf('later'));
  });

  test('has what was kept of commands of an earlier window', () => {
    run('plot()')
      .stdout('drawn\n')
      .display({ 'image/png': 'iVBORw0KGgo=', 'application/json': { a: [1] } })
      .ok();
    const next = new PanelModel();
    const history = restoreTranscript(saveTranscript(model.entries(1000), 0));
    next.restore(history?.entries ?? [], 0);
    expect(commandSheet(next, next.keys())?.cells[0]?.outputs).toEqual([
      { type: 'stream', name: 'stdout', text: 'drawn\n' },
      { type: 'display_data', data: { 'image/png': 'iVBORw0KGgo=', 'application/json': { a: [1] } } },
    ]);
  });

  test('is nothing without commands', () => {
    expect(commandSheet(model, model.keys())).toBeUndefined();
  });
});

describe('a file as a sheet', () => {
  const text = '# %% Load\nx = 1\nx\n\n# %% [markdown]\n# text\n\n# %%\nx\n\n# %%\nx\n';
  const outputs = (sheet: Sheet): unknown[] => sheet.cells.map((cell) => cell.outputs);

  test('has the latest output of each cell, of the same code and at the same lines', () => {
    run('x = 1\nx', 1).ok(1, 'old');
    run('x = 1\nx', 1).ok(1, '1');
    run('x', 11).ok(1, 'of the last cell');
    run('x', 8).ok(1, 'of the cell before');
    const sheet = fileSheet(model, { uri, sheet: script(text), notebook: undefined });
    const value = (shown: string) => [{ type: 'execute_result', data: { 'text/plain': shown } }];
    expect(outputs(sheet)).toEqual([value('1'), [], value('of the cell before'), value('of the last cell')]);
  });

  test('has no output of code that has changed since, nor of another file', () => {
    run('x = 2\nx', 1).ok(1, '2');
    session.add('x', { uri: 'file:///other.py', firstLine: 8, lastLine: 8 }).start().ok(1, 'other');
    expect(outputs(fileSheet(model, { uri, sheet: script(text), notebook: undefined }))).toEqual([[], [], [], []]);
  });

  test('has what its notebook knew of cells that have not run since', () => {
    const of = (shown: string) => [{ type: 'stream', name: 'stdout', text: shown }] as const;
    const notebook: Sheet = {
      language: 'python',
      metadata: { kernelspec: { name: 'mine' } },
      cells: [
        {
          kind: 'code',
          id: 'a',
          source: '1\n',
          number: 7,
          metadata: { collapsed: true, tags: ['gone'] },
          outputs: of('a'),
        },
        { kind: 'code', id: 'b', source: '2', outputs: of('b') },
        { kind: 'code', id: 'c', source: '3', outputs: of('c') },
      ],
    };
    run('2', 3).stdout('run\n').ok();
    const file = script('# %% id="a"\n1\n# %% id="b"\n2\n# %% id="c"\nchanged\n');
    expect(fileSheet(model, { uri, sheet: file, notebook })).toMatchObject({
      metadata: notebook.metadata,
      cells: [
        { id: 'a', source: '1\n', number: 7, metadata: { collapsed: true }, outputs: of('a') },
        { id: 'b', number: 1, outputs: of('run\n') },
        { id: 'c', source: 'changed', outputs: [] },
      ],
    });
    expect(fileSheet(model, { uri, sheet: file, notebook }).cells[0]?.metadata).not.toHaveProperty('tags');
  });

  test('has what an older notebook knew of cells, which have no ids there, and each output once', () => {
    const of = (shown: string) => [{ type: 'stream', name: 'stdout', text: shown }] as const;
    const cells = ['x\ny', 'x\ny', 'z'].map(
      (source, at) => ({ kind: 'code', source, outputs: of(String(at)) }) as const,
    );
    const file = script('# %%\nx\ny\n# %%\nx\ny\n# %%\nx\ny\n# %%\nchanged\n');
    const found = outputs(fileSheet(model, { uri, sheet: file, notebook: { language: 'python', cells } }));
    expect(found).toEqual([of('0'), of('1'), [], []]);
  });

  test('has Unix line endings and its outputs, whatever the line endings of its editor are', () => {
    run('x = 1\r\nx', 1).ok(1, '1');
    const notebook: Sheet = {
      language: 'python',
      cells: [{ kind: 'code', id: 'a', source: '1\n2', outputs: [{ type: 'stream', name: 'stdout', text: 'a' }] }],
    };
    const file = script('# %% Load\r\nx = 1\r\nx\r\n# %% id="a"\r\n1\r\n2\r\n');
    const { cells } = fileSheet(model, { uri, sheet: file, notebook });
    expect(cells.map(({ source }) => source)).toEqual(['x = 1\nx', '1\n2']);
    expect(cells.map((cell) => cell.outputs)).toMatchObject([[{ data: { 'text/plain': '1' } }], [{ text: 'a' }]]);
  });
});

describe('Markdown', () => {
  test('has text as it is, code and output in fences, and images within', () => {
    const sheet: Sheet = {
      language: 'python',
      cells: [
        { kind: 'markdown', source: '# Title', outputs: [] },
        {
          kind: 'code',
          source: "print('```')",
          outputs: [
            { type: 'stream', name: 'stdout', text: '\u001b[31m```\u001b[0m\n50%\r100%\n' },
            { type: 'display_data', data: { 'image/png': 'iVBO\nRw0=', 'text/plain': '<Figure>' } },
            { type: 'error', name: 'KeyError', message: 'a', traceback: 'Traceback\nKeyError: a' },
          ],
        },
      ],
    };
    expect(writeMarkdown(sheet)).toBe(
      [
        '# Title',
        "````python\nprint('```')\n````",
        '````text\n```\n100%\n````',
        '![](data:image/png;base64,iVBORw0=)',
        '```text\nTraceback\nKeyError: a\n```\n',
      ].join('\n\n'),
    );
    expect(writeMarkdown(withoutOutputs(sheet))).toBe("# Title\n\n````python\nprint('```')\n````\n");
  });
});
