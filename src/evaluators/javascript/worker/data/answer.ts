import type { DataAnswer, DataPlace, DataRequest, DataWindow, WindowRequest } from '../../../../protocol/data.js';
import { scope } from '../globalScope.js';
import { summaryOf, typeOf } from '../inspection/namespace.js';
import { follow } from '../inspection/parts.js';
import { descriptorOf } from '../inspection/plainReads.js';
import { type Source, sourceOf } from './sources.js';

const MOST_CELLS = 20_000;
const MOST_CHARACTERS = 200;
const MOST_CHARACTERS_OF_ALL = 100_000;

/** Answers a data grid. Runs no code of the user. */
export function answerData(request: DataRequest): DataAnswer {
  if (request.ask === 'release') return {};
  const found = placeOf(request.of);
  if (!found) return { problem: 'gone' };
  const source = sourceOf(found.value);
  const type = typeOf(found.value);
  return source ? { window: windowOf(source, request, type) } : { problem: 'unsupported', type };
}

function placeOf(of: DataPlace): PropertyDescriptor | undefined {
  return 'name' in of ? follow(descriptorOf(scope, of.name), of.path, summaryOf) : undefined;
}

function windowOf(source: Source, { rows, columns, full = false }: WindowRequest, type: string): DataWindow {
  const [firstColumn, lastColumn] = within(columns, source.columns, MOST_CELLS);
  const most = Math.floor(MOST_CELLS / Math.max(1, lastColumn - firstColumn));
  const [firstRow, lastRow] = within(rows, source.rows, most);
  const limit = full ? MOST_CHARACTERS_OF_ALL : MOST_CHARACTERS;
  const shown = span(firstColumn, lastColumn);
  return {
    type,
    rows: source.rows,
    columns: source.columns,
    shape: [],
    start: [firstRow, firstColumn],
    heads: shown.map((column) => source.head(column)),
    cells: shown.map((column) => span(firstRow, lastRow).map((row) => source.cell(row, column, limit))),
    indexHeads: [],
    index: [],
  };
}

function within([from, to]: readonly [number, number], size: number, most: number): [number, number] {
  const start = Math.min(Math.max(0, from), size);
  return [start, Math.min(Math.max(start, to), size, start + most)];
}

function span(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
