import type { Browser, Page } from 'playwright-core';
import type { Cell, CellDetail, ColumnStatistics, DataIntent, DataWindow, Head } from '../../../src/protocol/data.js';
import { actAsVSCode, pageFiles, pageOf, type Theme } from './servedPage.js';

const ORIGIN = 'https://data.test';
type Asked = Extract<DataIntent, { type: 'window' }>;
type AskedCell = Extract<DataIntent, { type: 'cell' }>;
type AskedStatistics = Extract<DataIntent, { type: 'statistics' }>;

export interface DataPage {
  readonly page: Page;
  readonly problems: string[];
  readonly asked: Asked[];
  readonly copied: string[];
  readonly intents: DataIntent[];
  /** The most requests that were under way at once. */
  readonly mostAtOnce: () => number;
  readonly send: (message: unknown) => Promise<void>;
}

export interface DataPageOptions {
  readonly answer: (asked: Asked) => DataWindow | string | Promise<DataWindow>;
  /** Undefined is no answer yet. */
  readonly statistics?: (asked: AskedStatistics) => ColumnStatistics | undefined;
  readonly cell?: (asked: AskedCell) => CellDetail;
  readonly theme?: Theme;
  readonly size?: { readonly width: number; readonly height: number };
}

/** The page of a data grid; the test plays the session. */
export async function openDataPage(browser: Browser, options: DataPageOptions): Promise<DataPage> {
  const { answer, theme = 'dark', size = { width: 900, height: 400 } } = options;
  const context = await browser.newContext({ viewport: size });
  const page = await context.newPage();
  const [problems, asked, copied]: [string[], Asked[], string[]] = [[], [], []];
  const intents: DataIntent[] = [];
  let [underWay, most] = [0, 0];
  const send = (message: unknown): Promise<void> => page.evaluate((data) => window.postMessage(data), message);
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.exposeFunction('panelProblem', (problem: string) => problems.push(problem));
  await page.exposeFunction('panelIntent', async (intent: DataIntent) => {
    intents.push(intent);
    if (intent.type === 'copy') copied.push(intent.text);
    if (intent.type === 'statistics') {
      const found = options.statistics?.(intent);
      if (found) await send({ type: 'statistics', number: intent.number, statistics: found });
    }
    if (intent.type === 'cell' && options.cell)
      await send({ type: 'cell', number: intent.number, cell: options.cell(intent) });
    if (intent.type !== 'window') return;
    asked.push(intent);
    most = Math.max(most, ++underWay);
    const { number } = intent;
    const answered = await answer(intent);
    underWay -= 1;
    const isWindow = typeof answered === 'object';
    await send(isWindow ? { type: 'window', number, window: answered } : { type: 'failed', number, words: answered });
  });
  await page.addInitScript(actAsVSCode);
  const files = await pageFiles();
  await page.route('**', (route) => {
    const { pathname } = new URL(route.request().url());
    const body = pathname === '/' ? pageOf(theme).replaceAll('/main.', '/data.') : files.get(pathname);
    if (body === undefined) return route.abort();
    const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };
    return route.fulfill({ body, contentType: types[pathname.split('.').at(-1) ?? ''] ?? 'text/html' });
  });
  await page.goto(ORIGIN);
  return { page, problems, asked, copied, intents, mostAtOnce: () => most, send };
}

const kinds = [
  ['int64', 'n'],
  ['float64', 'n'],
  ['str', 't'],
  ['datetime64[ns]', 't'],
  ['object', 't'],
] as const;

/** A part of a table of any size, whose cells tell where they are. */
export function madeUp(
  { rows, columns }: Asked,
  size: { readonly rows: number; readonly columns: number },
): DataWindow {
  const spanOf = ([from, to]: readonly [number, number], most: number): number[] =>
    Array.from({ length: Math.max(0, Math.min(to, most) - from) }, (_, at) => from + at);
  const [shownRows, shownColumns] = [spanOf(rows, size.rows), spanOf(columns, size.columns)];
  const cell = (row: number, column: number): Cell => {
    if ((row + column) % 11 === 10) return ['m', column % 5 === 3 ? 'NaT' : 'NaN'];
    const texts: readonly Cell[] = [
      String(row * 1000 + column),
      String(row / 8),
      `row ${String(row)}`,
      `2024-03-${String((row % 28) + 1).padStart(2, '0')} 10:00:00`,
      ['o', '{a: [1, 2]}'],
    ];
    return texts[column % 5] ?? '';
  };
  return {
    type: 'pandas.DataFrame',
    ...size,
    total: size.rows,
    positions: [],
    shape: [],
    choices: [],
    start: [rows[0], columns[0]],
    heads: shownColumns.map((column): Head => {
      const [kind, align] = kinds[column % 5] ?? kinds[0];
      return [`column ${String(column)}`, kind, align];
    }),
    cells: shownColumns.map((column) => shownRows.map((row) => cell(row, column))),
    indexHeads: [['key', 'int64', 'n']],
    index: [shownRows.map((row) => String(row + 1))],
  };
}

/** Statistics of such a column. */
export function madeUpStatistics({ column }: AskedStatistics): ColumnStatistics {
  const [kind, align] = kinds[column % 5] ?? kinds[0];
  return {
    head: [`column ${String(column)}`, kind, align],
    rows: 10_000_000,
    missing: 909_090,
    distinct: 1_000_000,
    isMore: true,
    facts: [
      ['min', '0'],
      ['quarter', '2.5'],
      ['median', '1234567890123.25'],
      ['max', '9999999000000'],
      ['mean', '12.000000000000002'],
    ],
    histogram: Array.from({ length: 20 }, (_, at) => Math.round(1000 * Math.exp(-((at - 8) ** 2) / 20))),
    top: [
      ['0', 1_000_000],
      [['n', '7.5'], 500_000],
      [['c', 'a text that goes on and on, and which is cut somewhere '], 3],
      ['', 1],
    ],
  };
}
