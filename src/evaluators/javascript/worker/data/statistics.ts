import type { Cell, ColumnStatistics } from '../../../../protocol/data.js';
import { isMissing, numberOf, textOf } from './arrange.js';
import type { Source } from './source.js';

type Facts = ColumnStatistics['facts'];

const LONGEST = 200;
const MOST_TOP = 10;
const BINS = 20;
const MOST_DISTINCT = 1_000_000;
const quantiles = [
  ['min', 0],
  ['quarter', 0.25],
  ['median', 0.5],
  ['threeQuarters', 0.75],
  ['max', 1],
] as const;

interface Counted {
  readonly cell: Cell;
  count: number;
}

/**
 * What there is to tell of a column, or of the given rows of it. Reads what cells show, so nothing of the user runs.
 */
export function statisticsOf(source: Source, column: number, rows: readonly number[] | undefined): ColumnStatistics {
  const head = source.head(column);
  const count = rows?.length ?? source.rows;
  const counts = new Map<string, Counted>();
  const numbers = new Float64Array(count);
  let [known, missing, isMore, areNumbers] = [0, 0, false, true];
  let ends: Ends | undefined;
  for (let at = 0; at < count; at++) {
    const cell = source.cell(rows ? (rows[at] ?? 0) : at, column, LONGEST);
    if (isMissing(cell)) {
      missing++;
      continue;
    }
    const number = typeof cell === 'string' ? (head[2] === 'n' ? numberOf(cell) : undefined) : numberOfMarked(cell);
    areNumbers &&= number !== undefined;
    numbers[known++] = number ?? 0;
    const text = textOf(cell);
    if (number !== undefined) ends = endsWith(ends, { number, text });
    const key = typeof cell === 'string' ? cell : `${cell[0]}\0${text}`;
    const counted = counts.get(key);
    if (counted) counted.count++;
    else if (counts.size < MOST_DISTINCT) counts.set(key, { cell, count: 1 });
    else isMore = true;
  }
  const sorted = areNumbers ? numbers.subarray(0, known).sort() : new Float64Array(0);
  const top = [...counts.values()].sort((a, b) => b.count - a.count).slice(0, MOST_TOP);
  return {
    head,
    rows: count,
    missing,
    distinct: counts.size,
    ...(isMore ? { isMore } : {}),
    facts: factsOf(sorted, ends),
    histogram: histogramOf(sorted),
    top: top.map(({ cell, count: times }) => [cell, times]),
  };
}

function numberOfMarked([mark, text]: Exclude<Cell, string>): number | undefined {
  return mark === 'n' ? numberOf(text) : undefined;
}

/** The smallest and the largest value, with all digits of large integers. */
interface Ends {
  readonly least: Ended;
  readonly most: Ended;
}
interface Ended {
  readonly number: number;
  readonly text: string;
}

function endsWith(ends: Ends | undefined, one: Ended): Ends {
  if (!ends) return { least: one, most: one };
  if (isLess(one, ends.least)) return { ...ends, least: one };
  return isLess(ends.most, one) ? { ...ends, most: one } : ends;
}

function isLess(one: Ended, other: Ended): boolean {
  if (one.number !== other.number || one.text === other.text) return one.number < other.number;
  const areIntegers = /^-?\d+$/.test(one.text) && /^-?\d+$/.test(other.text);
  return areIntegers && BigInt(one.text) < BigInt(other.text);
}

function factsOf(sorted: Float64Array, ends: Ends | undefined): Facts {
  if (sorted.length === 0 || !ends) return [];
  const count = sorted.length;
  const mean = sorted.reduce((sum, number) => sum + number, 0) / count;
  const squares = sorted.reduce((sum, number) => sum + (number - mean) ** 2, 0);
  return [
    ...quantiles.map(([name, share]): Facts[number] => [
      name,
      share === 0 ? ends.least.text : share === 1 ? ends.most.text : String(quantile(sorted, share)),
    ]),
    ['mean', String(mean)],
    ...(count > 1 ? [['deviation', String(Math.sqrt(squares / (count - 1)))] as Facts[number]] : []),
  ];
}

function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below] ?? 0;
  const high = sorted[below + 1] ?? low;
  return low === high || place === below ? low : low + (high - low) * (place - below);
}

function histogramOf(sorted: Float64Array): number[] {
  const finite = sorted.filter(Number.isFinite);
  const [low = 0, high = 0] = [finite[0], finite.at(-1)];
  if (finite.length === 0 || !Number.isFinite(high - low)) return [];
  const areFew = high - low < BINS && finite.every(Number.isInteger);
  const bins = areFew ? high - low + 1 : high > low ? BINS : 1;
  const width = areFew || high === low ? 1 : (high - low) / BINS;
  const histogram = Array.from({ length: bins }, () => 0);
  for (const number of finite) {
    const bin = Math.min(bins - 1, Math.floor((number - low) / width));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  return histogram;
}
