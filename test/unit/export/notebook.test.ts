import { describe, expect, test } from 'vitest';
import { readNotebook } from '../../../src/export/readNotebook.js';
import { readScript } from '../../../src/export/readScript.js';
import type { Sheet } from '../../../src/export/sheet.js';
import { writeNotebook } from '../../../src/export/writeNotebook.js';
import { writeScript } from '../../../src/export/writeScript.js';

const notebook = {
  cells: [
    {
      cell_type: 'markdown',
      id: 'intro',
      metadata: { tags: ['keep', 'a b'] },
      source: ['# Title\n', '\n', '- a list\n', '```\n', 'code\n', '```'],
    },
    {
      cell_type: 'code',
      execution_count: 3,
      id: 'first-1',
      metadata: { title: 'Load', tags: ['parameters'], slideshow: { slide_type: 'slide' }, collapsed: true },
      outputs: [
        { output_type: 'stream', name: 'stdout', text: ['one\n', '\u001b[31mtwo\u001b[0m\n'] },
        { output_type: 'stream', name: 'stderr', text: 'warned' },
        {
          output_type: 'display_data',
          data: { 'image/png': 'iVBORw0KGgo=\n', 'text/plain': ['<Figure>'] },
          metadata: { 'image/png': { width: 3 } },
        },
        {
          output_type: 'execute_result',
          execution_count: 3,
          data: { 'application/json': { a: [1, null] }, 'text/html': ['<b>\n', '</b>'], 'text/plain': '4' },
          metadata: {},
        },
      ],
      source: 'x = """\n\n  kept  \n"""\nx',
    },
    {
      cell_type: 'code',
      execution_count: null,
      id: 'bad',
      metadata: {},
      outputs: [
        { output_type: 'error', ename: 'ValueError', evalue: 'no', traceback: ['Traceback', 'ValueError: no'] },
      ],
      source: ['%timeit 1\n', 'raise ValueError("no")'],
    },
    { cell_type: 'raw', id: 'raw-1', metadata: {}, source: 'as it is' },
  ],
  metadata: { kernelspec: { display_name: 'Mine', language: 'python', name: 'mine' }, custom: { a: 1 } },
  nbformat: 4,
  nbformat_minor: 5,
};

function read(value: unknown): Sheet {
  const sheet = readNotebook(typeof value === 'string' ? value : JSON.stringify(value));
  if ('kind' in sheet) throw new Error(sheet.kind);
  return sheet;
}

test('a notebook that is read and written again is the same notebook', () => {
  const again = read(writeNotebook(read(notebook)));
  expect(again.cells).toEqual(read(notebook).cells);
  expect(again.metadata).toMatchObject(notebook.metadata);
});

test('a notebook as a percent file keeps sources, text, ids, titles and tags', () => {
  const sheet = read(notebook);
  const text = writeScript(sheet);
  expect(text).toContain('# %% Load tags=["parameters"] slideshow={"slide_type":"slide"} id="first-1"\nx = """\n');
  const back = readScript(text, 'python', {});
  const kept = ({ cells }: Sheet): unknown[] =>
    cells.map(({ kind, source, id, metadata }) => ({ kind, source, id, tags: metadata?.tags, title: metadata?.title }));
  expect(back && kept(back)).toEqual(kept(sheet));
});

test('cells in JavaScript have its comments', () => {
  const [intro] = read(notebook).cells;
  const code = { kind: 'code', source: 'const a = `\n\n// %% b`;\nawait a', outputs: [] } as const;
  const sheet: Sheet = { language: 'javascript', cells: [...(intro ? [intro] : []), code] };
  const text = writeScript(sheet);
  expect(text).toMatch(/^\/\/ %% \[markdown\] tags=\["keep","a b"\] id="intro"\n\/\/ # Title\n\/\/\n/);
  expect(readScript(text, 'javascript', {})?.cells.map(({ source }) => source)).toEqual([intro?.source, code.source]);
});

test('cells without ids get those that the same cells get again, each its own', () => {
  const cell = { kind: 'code', source: 'a', outputs: [] } as const;
  const sheet: Sheet = { language: 'python', cells: [cell, cell, { ...cell, id: 'no id' }, { ...cell, id: 'same' }] };
  const ids = read(writeNotebook(sheet)).cells.map(({ id }) => id);
  expect(new Set(ids).size).toBe(4);
  expect(ids[3]).toBe('same');
  expect(read(writeNotebook(sheet)).cells.map(({ id }) => id)).toEqual(ids);
});

test("Jupytext's file header is not code", () => {
  const text = '# ---\n# jupyter:\n#   jupytext:\n#     format: py\n# ---\n\nimport os\n\n# %%\nos.sep\n';
  expect(readScript(text, 'python', {})?.cells.map(({ source }) => source)).toEqual(['import os', 'os.sep']);
});

test('a raw cell of the light format is what stands between its markers', () => {
  const cells = readScript('# + active=""\n# <b>\n# -\n\nx\n', 'python', { format: 'light' })?.cells ?? [];
  expect(cells.map(({ kind, source }) => [kind, source])).toEqual([
    ['raw', '<b>'],
    ['code', 'x'],
  ]);
});

test('a file as Jupytext writes it has the cells of its notebook', () => {
  const text = `# -*- coding: utf-8 -*-
# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     name: python3
# ---

# %% [markdown] slideshow={"slide_type": "slide"}
# # Title
#
# - item

# %% [markdown]
"""
Quoted **text**
"""

# %% Load the data tags=["parameters"]
x = 1


# %% [raw]
# as it is
`;
  const cells = readScript(text, 'python', {})?.cells ?? [];
  expect(cells.map(({ kind, source, metadata }) => [kind, source, metadata])).toEqual([
    ['markdown', '# Title\n\n- item', { slideshow: { slide_type: 'slide' } }],
    ['markdown', 'Quoted **text**', undefined],
    ['code', 'x = 1', { title: 'Load the data', tags: ['parameters'] }],
    ['raw', 'as it is', undefined],
  ]);
  const again = readScript(writeScript({ language: 'python', cells }), 'python', {})?.cells ?? [];
  expect(again.map(({ kind, source, metadata }) => [kind, source, metadata])).toEqual(
    cells.map(({ kind, source, metadata }) => [kind, source, metadata]),
  );
});

describe('a notebook that cannot be used is refused with the reason', () => {
  test.each([
    ['no JSON', '{', 'invalid'],
    ['no notebook', '[1]', 'invalid'],
    ['null', 'null', 'invalid'],
    ['a cell of no known kind', { ...notebook, cells: [{ cell_type: 'x' }] }, 'invalid'],
    ['version 3', { nbformat: 3, worksheets: [] }, 'old'],
    ['deep structures', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'tooLarge'],
    ['too many cells', { ...notebook, cells: Array(20_001).fill(notebook.cells[3]) }, 'invalid'],
    ['another language', { ...notebook, metadata: { kernelspec: { language: 'R' } } }, 'otherLanguage'],
  ])('%s', (_, value, kind) => {
    expect(readNotebook(typeof value === 'string' ? value : JSON.stringify(value))).toMatchObject({ kind });
  });
});

test('a path of this computer does not get into a notebook', () => {
  const data = { 'application/vnd.extsession.plotlyjs': '/home/me/plotly.js', 'text/plain': 'Figure' };
  const cell = { kind: 'code', source: 'fig', outputs: [{ type: 'display_data', data }] } as const;
  expect(writeNotebook({ language: 'python', cells: [cell] })).not.toContain('/home/me');
});

test('a cell with very many lines becomes a script, too', () => {
  const source = 'x = 1\n'.repeat(300_000);
  const read = readNotebook(JSON.stringify({ nbformat: 4, cells: [{ cell_type: 'code', outputs: [], source }] }));
  if (!('cells' in read)) throw new Error(read.kind);
  expect(writeScript(read).length).toBe('# %%\n'.length + source.length + 1);
});

test('a notebook with a large picture is read', () => {
  const data = { 'image/png': 'A'.repeat(20_000_000) };
  const cell = { ...notebook.cells[1], outputs: [{ output_type: 'display_data', data, metadata: {} }] };
  expect(read({ ...notebook, cells: [cell] }).cells[0]?.outputs).toMatchObject([{ data }]);
});

test('brackets in text are not nested', () => {
  expect(read({ ...notebook, cells: [{ cell_type: 'raw', source: `\\"${'['.repeat(1000)}` }] }).cells).toHaveLength(1);
});

test('many cells with the same code get their ids soon', () => {
  const cells = Array.from({ length: 5000 }, () => ({ kind: 'code' as const, source: 'step()', outputs: [] }));
  const started = performance.now();
  const { cells: written } = JSON.parse(writeNotebook({ language: 'python', cells })) as { cells: { id: string }[] };
  expect(performance.now() - started).toBeLessThan(5000);
  expect(new Set(written.map(({ id }) => id)).size).toBe(5000);
});
