import { expect, test } from 'vitest';
import { writeRows, type Separator } from '../../../src/data/writeRows.js';
import type { Cell, DataWindow, Head, WindowRequest } from '../../../src/protocol/data.js';

interface Table {
  readonly heads: readonly Head[];
  readonly rows: readonly (readonly Cell[])[];
  readonly indexHeads?: readonly Head[];
  readonly index?: readonly Cell[];
}

async function written({ heads, rows, indexHeads = [], index = [] }: Table, separator: Separator = ',') {
  const asked: WindowRequest[] = [];
  const texts: string[] = [];
  const window = async (request: WindowRequest): Promise<DataWindow> => {
    asked.push(request);
    const shown = rows.slice(...request.rows);
    return Promise.resolve({
      ...{
        type: 't',
        rows: rows.length,
        total: rows.length,
        columns: heads.length,
        shape: [],
        choices: [],
        start: [0, 0] as const,
      },
      positions: [],
      start: [request.rows[0], 0],
      heads: [...heads],
      cells: heads.map((_, column) => shown.map((row) => row[column] ?? '')),
      indexHeads: [...indexHeads],
      index: indexHeads.map(() => index.slice(...request.rows)),
    });
  };
  const shares: number[] = [];
  const cut = await writeRows({
    separator,
    window,
    write: async (text) => Promise.resolve(void texts.push(text)),
    progress: (share) => shares.push(share),
  });
  return { text: texts.join(''), asked, shares, cut };
}

const two: readonly Head[] = [
  ['a', 'str', 't'],
  ['b, c', 'str', 't'],
];

test('what is missing is empty, an empty text is quoted, and so is what a reader would split', async () => {
  const rows: Cell[][] = [
    [['m', 'NaN'], ''],
    ['say "hi"', ['n', '1,5']],
    ['x\ny', ['c', 'long']],
  ];
  const { text, cut } = await written({ heads: two, rows });
  expect(text).toBe('a,"b, c"\n,""\n"say ""hi""","1,5"\n"x\ny",long\n');
  expect(cut).toBe(1);
  expect((await written({ heads: two, rows: [['a\tb', 'c,d']] }, '\t')).text).toBe('a\tb, c\n"a\tb"\tc,d\n');
});

test('labels of rows are written unless they are numbers without a name', async () => {
  const one = { heads: two.slice(0, 1), rows: [['x']], index: ['7'] };
  expect((await written({ ...one, indexHeads: [['', 'int64', 'n']] })).text).toBe('a\nx\n');
  expect((await written({ ...one, indexHeads: [['id', 'int64', 'n']] })).text).toBe('id,a\n7,x\n');
  expect((await written({ ...one, indexHeads: [['', 'str', 't']] })).text).toBe('"",a\n7,x\n');
});

test('many rows are asked for in parts, and whole', async () => {
  const rows = Array.from({ length: 25_000 }, (_, row): Cell[] => [String(row), 'x']);
  const { text, asked, shares } = await written({ heads: two, rows });
  expect(text.split('\n')).toHaveLength(25_002);
  expect(asked.slice(1).map(({ rows: span, full }) => [...span, full])).toEqual([
    [0, 10_000, true],
    [10_000, 20_000, true],
    [20_000, 25_000, true],
  ]);
  expect(shares.at(-1)).toBe(1);
  expect((await written({ heads: two, rows: [] })).text).toBe('a,"b, c"\n');
});
