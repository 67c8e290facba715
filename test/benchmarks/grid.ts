import * as v from 'valibot';
import { chromium, type Browser } from 'playwright-core';
import { ExtSession } from '../../src/library.js';
import { dataAnswerSchema, type DataIntent, type DataWindow } from '../../src/protocol/data.js';
import { ensureBrowser, launchOptions } from '../support/browser.mjs';
import { openDataPage } from '../support/panelPage/dataPage.js';
import { TaskTimes } from '../support/panelPage/taskTimes.js';
import { pythonWith } from '../support/pythons.js';
import { median } from './measure.js';
import { heap } from './pageMeasures.js';
import type { Row } from './row.js';

const ROWS = 10_000_000;
const COLUMNS = 50;
const TURNS = 5;
const WHEELS = 40;
const LEAPS = 20;

/** One array for all columns: a frame of that size without its memory. */
const SOURCE = `
import numpy as np, pandas as pd
_values = np.arange(${String(ROWS)}) / 8
frame = pd.DataFrame({f'c{i}': _values for i in range(${String(COLUMNS)})}, copy=False)`;

type Asked = Extract<DataIntent, { type: 'window' }>;

/** The data grid of ten million rows in Chromium, with a real session that answers. */
export async function gridFigures(): Promise<Row[]> {
  const python = pythonWith('numpy', 'pandas');
  if (!python) {
    console.log('There is no Python with pandas: the data grid is not measured.');
    return [];
  }
  await using session = await ExtSession.start({ interpreter: python.executable });
  const made = await session.execute(SOURCE).wait();
  if (made.status !== 'ok') throw new Error(`The frame could not be made: ${JSON.stringify(made)}`);
  const browser = await chromium.launch({
    ...launchOptions(await ensureBrowser()),
    args: [...(launchOptions('').args ?? []), '--enable-precise-memory-info', '--js-flags=--expose-gc'],
  });
  try {
    return await figures(browser, answerFrom(session));
  } finally {
    await browser.close();
  }
}

function answerFrom(session: ExtSession): (asked: Asked) => Promise<DataWindow> {
  return async ({ type: ask, number: _number, ...wanted }) => {
    const request = { ask, of: { name: 'frame', path: [] }, ...wanted };
    const { window } = v.parse(dataAnswerSchema, await session.data(request, new AbortController().signal));
    if (!window) throw new Error('There is no window.');
    return window;
  };
}

async function figures(browser: Browser, answer: (asked: Asked) => Promise<DataWindow>): Promise<Row[]> {
  const opened: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const { page } = await openDataPage(browser, { answer });
    // From the load of the page to the first cells.
    const shown = await page.waitForFunction(() =>
      document.querySelector('.cell[id]')?.textContent ? performance.now() : 0,
    );
    opened.push(await shown.jsonValue());
    await page.context().close();
  }
  const { page, mostAtOnce } = await openDataPage(browser, { answer });
  const grid = page.getByRole('grid');
  await page.locator('.cell[id]').waitFor();
  const before = await heap(page);
  const tasks = await TaskTimes.start(browser, page);
  await tasks.begin('wheel');
  await page.mouse.move(400, 200);
  for (let turn = 0; turn < WHEELS; turn++) await page.mouse.wheel(0, 400);
  await tasks.begin('drag');
  for (let turn = 0; turn < LEAPS; turn++) {
    await grid.evaluate((node, share) => (node.scrollTop = node.scrollHeight * share), ((turn * 7) % LEAPS) / LEAPS);
    await page.waitForFunction(() => document.querySelector('.line .cell:not(.is-pending)[role=gridcell]'));
  }
  await tasks.begin('keys');
  await grid.focus();
  for (const key of ['End', 'Control+End', 'PageUp', 'PageUp', 'Home', 'Control+Home', 'PageDown', 'PageDown'])
    await page.keyboard.press(key);
  await tasks.begin('end');
  const times = await tasks.stop();
  const growth = (await heap(page)) - before;
  await page.context().close();
  const what = `data grid, 10,000,000 rows x ${String(COLUMNS)} columns`;
  return [
    { what: `${what}: first cells`, unit: 'ms', ours: median(opened), target: { atMost: 300 } },
    ...(['wheel', 'drag', 'keys'] as const).map((way): Row => {
      const ours = times.get(way)?.longest ?? NaN;
      return { what: `${what}: longest task, ${way}`, unit: 'ms', ours, target: { atMost: 50 } };
    }),
    { what: `${what}: requests at once`, unit: '', ours: mostAtOnce(), target: { atMost: 1 } },
    { what: `${what}: heap growth`, unit: 'MB', ours: growth, target: { atMost: 20 } },
  ];
}
