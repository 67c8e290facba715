import type {
  DataAnswer,
  DataPlace,
  DataRequest,
  DataWindow,
  StatisticsRequest,
  WindowRequest,
} from '../../../../protocol/data.js';
import { scope } from '../globalScope.js';
import { summaryOf } from '../inspection/summary.js';
import { follow } from '../inspection/parts.js';
import { descriptorOf } from '../inspection/plainReads.js';
import { typeOf } from '../inspection/typeOf.js';
import { arrange } from './arrange.js';
import { detailOf } from './detail.js';
import { ExpressionError } from './expression.js';
import { keptValue, release } from './kept.js';
import { withPictures } from './pictures.js';
import type { Source } from './source.js';
import { sourceOf } from './sources.js';
import { statisticsOf } from './statistics.js';

const MOST_CELLS = 20_000;
const MOST_CHARACTERS = 200;
const MOST_CHARACTERS_OF_ALL = 100_000;

/** More rows take too much memory: a key for each. A sparse array has billions. */
const MOST_ROWS = 10_000_000;

/** The rows of the view that was asked for last, if it is sorted or filtered. */
let kept: { readonly key: string; readonly value: unknown; readonly rows: readonly number[] } | undefined;

type Arranged = Extract<DataRequest, StatisticsRequest | WindowRequest>;

/** Answers a data grid. Runs no code of the user. */
export function answerData(request: DataRequest): DataAnswer {
  if (request.ask === 'open') return { problem: 'unsupported' };
  if (request.ask === 'piece' || request.ask === 'figure') return { problem: 'gone' };
  if (request.ask === 'release') {
    kept = undefined;
    if ('kept' in request.of) release(request.of.kept);
    return {};
  }
  const found = placeOf(request.of);
  if (!found) return { problem: 'gone' };
  const source = sourceOf(found.value);
  const type = typeOf(found.value);
  if (!source) return { problem: 'unsupported', type };
  if (request.ask === 'parquet') return { problem: 'parquet', type };
  if (source.rows > MOST_ROWS && goesThroughRows(request)) return { problem: 'rows', type };
  try {
    arrangeAs(request, source, found.value);
  } catch (error) {
    if (error instanceof ExpressionError) return { problem: 'expression', type: error.message };
    throw error;
  }
  if (request.ask === 'cell') {
    const row = kept ? kept.rows[request.row] : request.row;
    if (row === undefined || row >= source.rows || request.column >= source.columns) return { problem: 'gone' };
    const cell = detailOf(source, row, request);
    return cell ? { cell } : { problem: 'gone' };
  }
  if (request.ask === 'statistics') {
    if (request.column >= source.columns) return { problem: 'gone' };
    return { statistics: statisticsOf(source, request.column, kept?.rows) };
  }
  const window = withPictures(!request.full, () => windowOf(source, request, { type, rows: kept?.rows }));
  return { window };
}

function goesThroughRows(request: Arranged): boolean {
  const { filters = [], sort = [] } = request;
  return request.ask === 'statistics' || filters.length > 0 || sort.length > 0;
}

/** Sorts and filters as the request has it, unless that has been done. */
function arrangeAs(request: Arranged, source: Source, value: unknown): void {
  const { of, at, filters = [], sort = [], turn } = request;
  const key = JSON.stringify([of, at, filters, sort, turn, source.rows, source.columns]);
  if (filters.length === 0 && sort.length === 0) kept = undefined;
  else if (kept?.key !== key || kept.value !== value) kept = { key, value, rows: arrange(source, filters, sort) };
}

function placeOf(of: DataPlace): PropertyDescriptor | undefined {
  return 'name' in of ? follow(descriptorOf(scope, of.name), of.path, summaryOf) : keptValue(of.kept);
}

function windowOf(
  source: Source,
  { rows, columns, full = false }: WindowRequest,
  { type, rows: arranged }: { readonly type: string; readonly rows: readonly number[] | undefined },
): DataWindow {
  const [firstColumn, lastColumn] = within(columns, source.columns, MOST_CELLS);
  const most = Math.floor(MOST_CELLS / Math.max(1, lastColumn - firstColumn));
  const [firstRow, lastRow] = within(rows, arranged?.length ?? source.rows, most);
  const positions = arranged?.slice(firstRow, lastRow) ?? span(firstRow, lastRow);
  const limit = full ? MOST_CHARACTERS_OF_ALL : MOST_CHARACTERS;
  const shown = span(firstColumn, lastColumn);
  return {
    type,
    rows: arranged?.length ?? source.rows,
    total: source.rows,
    columns: source.columns,
    shape: [],
    choices: [],
    start: [firstRow, firstColumn],
    positions: arranged ? positions : [],
    heads: shown.map((column) => source.head(column)),
    cells: shown.map((column) => positions.map((row) => source.cell(row, column, limit))),
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
