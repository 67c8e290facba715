import { describe, expect, test } from 'vitest';
import { CellBlocks } from '../../../media/panel/data/cellBlocks.js';
import { markdownTable, plainText, shownText, tsv } from '../../../media/panel/data/cellText.js';
import { ColumnLayout } from '../../../media/panel/data/columnLayout.js';
import {
  noSteps,
  sortedBy,
  stepsOf,
  type Steps,
  withFilter,
  withoutFilter,
} from '../../../media/panel/data/sortAndFilters.js';
import { placeAfter } from '../../../media/panel/data/gridInput.js';
import { GridSelection } from '../../../media/panel/data/gridSelection.js';
import { RowScroll } from '../../../media/panel/data/rowScroll.js';
import type { DataWindow } from '../../../src/protocol/data.js';

const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey, metaKey: false });

function block(row: number, column: number, cells: DataWindow['cells']): DataWindow {
  const heads = cells.map((_, at): DataWindow['heads'][number] => [`c${String(column + at)}`, 'int', 'n']);
  return {
    type: 't',
    rows: 9,
    total: 9,
    positions: [],
    columns: 9,
    shape: [],
    choices: [],
    start: [row, column],
    heads,
    cells,
    indexHeads: [],
    index: [],
  };
}

describe('the rows of a grid', () => {
  test('scroll by pixels while the table is not too tall for a scroll bar', () => {
    const scroll = new RowScroll(20);
    scroll.fit(1000, 100);
    scroll.barMoved(50);
    expect([scroll.isScaled, scroll.top, scroll.visible]).toEqual([false, 50, [2, 8]]);
    scroll.reveal(999);
    expect([scroll.top, scroll.bar]).toEqual([19_900, 19_900]);
  });

  test('are all reached in a taller table, and a step there is as long as anywhere', () => {
    const scroll = new RowScroll(20);
    scroll.fit(10_000_000, 100);
    expect([scroll.isScaled, scroll.height]).toEqual([true, 8_000_000]);
    scroll.barMoved(scroll.height - 100);
    expect(scroll.visible[1]).toBe(10_000_000);
    scroll.barMoved((scroll.height - 100) / 2);
    const [before] = scroll.visible;
    scroll.scrollBy(100);
    expect(scroll.visible[0] - before).toBe(5);
    scroll.barMoved(scroll.bar); // what the browser reports of our own step
    expect(scroll.visible[0] - before).toBe(5);
    scroll.reveal(7_654_321);
    expect(scroll.visible).toContain(7_654_322);
  });

  test('stay in the table when it becomes shorter', () => {
    const scroll = new RowScroll(20);
    scroll.fit(1000, 100);
    scroll.scrollTo(15_000);
    scroll.fit(10, 100);
    expect(scroll.visible).toEqual([5, 10]);
    scroll.fit(0, 100);
    expect(scroll.visible).toEqual([0, 0]);
  });
});

test('columns are found by position, also after one has another width', () => {
  const layout = new ColumnLayout(4, 100);
  expect([layout.total, layout.start(2), layout.at(199), layout.at(200), layout.at(9999)]).toEqual([400, 200, 1, 2, 3]);
  layout.resize(1, 50);
  expect([layout.total, layout.start(2), layout.at(199)]).toEqual([350, 150, 2]);
  expect(new ColumnLayout(0, 100).total).toBe(0);
});

test('hidden columns take no room, and one stays', () => {
  const layout = new ColumnLayout(4, 100);
  layout.hide([1, 3]);
  expect([layout.total, layout.start(2), layout.at(150), layout.at(9999), layout.hidden]).toEqual([
    200,
    100,
    2,
    2,
    [1, 3],
  ]);
  expect([layout.shown(1, 1), layout.shown(1, -1), layout.shown(3, 1), layout.shown(Infinity, 1)]).toEqual([
    2, 0, 2, 2,
  ]);
  layout.hide([0, 2]);
  expect(layout.hidden).toEqual([0, 1, 3]);
  layout.unhide();
  expect(layout.total).toBe(400);
});

test('pinned columns stay beside those that scroll', () => {
  const layout = new ColumnLayout(4, 100);
  layout.pin(2, true);
  layout.pin(0, true);
  expect([layout.pinned, layout.pinnedWidth, layout.total, layout.at(0), layout.at(150)]).toEqual([
    [2, 0],
    200,
    200,
    1,
    3,
  ]);
  expect([layout.pinnedAt(50), layout.pinnedAt(150), layout.pinnedAt(250)]).toEqual([2, 0, undefined]);
  layout.hide([2]);
  expect([layout.pinned, layout.pinnedWidth]).toEqual([[0], 100]);
  layout.pin(0, false);
  expect([layout.at(0), layout.total, layout.ownWidth(0)]).toEqual([0, 300, 100]);
});

test('cells are found in the windows that have come, and old windows are shown until others come', () => {
  const blocks = new CellBlocks();
  blocks.add(block(0, 0, [['a', 'b']]));
  blocks.add(block(2, 0, [['c', 'd']]));
  expect([blocks.cell(1, 0), blocks.cell(2, 0), blocks.cell(4, 0), blocks.cell(0, 1)]).toEqual([
    'b',
    'c',
    undefined,
    undefined,
  ]);
  expect([blocks.covers([0, 2], [0, 1]), blocks.covers([1, 3], [0, 1])]).toEqual([true, false]);
  blocks.expire();
  expect([blocks.cell(1, 0), blocks.covers([0, 2], [0, 1])]).toEqual(['b', false]);
  blocks.add(block(0, 0, [['x']]));
  expect([blocks.cell(0, 0), blocks.cell(1, 0)]).toEqual(['x', undefined]);
});

test('keys lead to cells, and never out of the table', () => {
  const selection = new GridSelection();
  selection.fit(100, 5);
  const go = (name: string, ctrlKey = false, extend = false): unknown => {
    const place = placeAfter(key(name, ctrlKey), selection.active, 20);
    if (place) selection.select(place, extend);
    return [selection.active.row, selection.active.column];
  };
  expect(go('ArrowUp')).toEqual([0, 0]);
  expect(go('PageDown')).toEqual([20, 0]);
  expect(go('End')).toEqual([20, 4]);
  expect(go('End', true)).toEqual([99, 4]);
  expect(go('ArrowLeft', true)).toEqual([99, 0]);
  expect(go('x')).toEqual([99, 0]);
  go('ArrowUp', false, true);
  expect(selection.range).toEqual({ rows: [98, 99], columns: [0, 0] });
  selection.fit(10, 5);
  expect(selection.active).toEqual({ row: 9, column: 0 });
});

test('copied cells are what a spreadsheet and Markdown read', () => {
  expect([shownText(['m', 'NaT']), plainText(['m', 'NaT']), plainText(['c', 'long']), plainText('x')]).toEqual([
    'NaT',
    '',
    'long…',
    'x',
  ]);
  expect(
    tsv([
      ['a\tb', 'say "hi"'],
      ['1', ''],
    ]),
  ).toBe('"a\tb"\t"say ""hi"""\n1\t');
  expect(
    markdownTable(
      [
        ['n', 'a|b'],
        ['1', 'x\ny'],
      ],
      [true, false],
    ),
  ).toBe('| n | a\\|b |\n| ---: | --- |\n| 1 | x<br>y |');
});

test('a column sorts upwards, then downwards, then not, alone or after others', () => {
  const names = (steps: Steps): string[] => steps.sort.map(({ name, descending }) => (descending ? `-${name}` : name));
  const first = sortedBy(noSteps, 0, 'a', false);
  const second = sortedBy(first, 1, 'b', true);
  const third = sortedBy(second, 0, 'a', true);
  expect([first, second, third].map(names)).toEqual([['a'], ['a', 'b'], ['-a', 'b']]);
  expect([sortedBy(third, 0, 'a', true), sortedBy(third, 1, 'b', false)].map(names)).toEqual([['b'], ['-b']]);
  expect(sortedBy(sortedBy(first, 0, 'a', false), 0, 'a', false)).toEqual(noSteps);
  expect(stepsOf(noSteps, 3)).toEqual({});
  const filter = { column: 1, test: 'missing', name: 'b', kind: 'str' } as const;
  expect(stepsOf(withFilter(first, filter), 3)).toEqual({
    filters: [{ column: 1, test: 'missing' }],
    sort: [{ column: 0, descending: false }],
    turn: 3,
  });
  expect(withoutFilter(withFilter(noSteps, filter), filter)).toEqual(noSteps);
});
