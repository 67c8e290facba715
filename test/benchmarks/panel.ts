import { chromium, type Browser, type Page } from 'playwright-core';
import { PanelModel } from '../../src/panel/panelModel.js';
import { ensureBrowser, launchOptions } from '../support/browser.mjs';
import { PanelPage } from '../support/panelPage/panelPage.js';
import { png } from '../support/panelPage/png.js';
import { ScriptedSession, type ScriptedCommand } from '../support/panelPage/scriptedSession.js';
import { median } from './measure.js';
import type { Row } from './row.js';

const lines = 1_000_000;
const commands = 10_000;
const images = 100;
const runs = 3;

/**
 * What the built panel does to its page under floods, in Chromium: how long it is stuck at a time, what it keeps, and how
 * soon it is there. The page is driven from this process, which plays the host with the real model and feed.
 */
export async function panelBenchmark(): Promise<Row[]> {
  const browser = await chromium.launch({
    ...launchOptions(await ensureBrowser()),
    // Heap sizes as they are, and a collector that can be called.
    args: [...(launchOptions('').args ?? []), '--enable-precise-memory-info', '--js-flags=--expose-gc'],
  });
  try {
    const floor = await emptyPanel(browser);
    return [
      floor,
      ...(await manyLines(browser)),
      ...(await oneLongLine(browser)),
      ...(await manyCommands(browser)),
      ...(await manyImages(browser)),
    ];
  } finally {
    await browser.close();
  }
}

/** What the page is stuck for with nothing to show: on a busy machine the figures below are no smaller than that. */
async function emptyPanel(browser: Browser): Promise<Row> {
  const panel = await PanelPage.open(browser);
  await panel.page.locator('.empty').waitFor();
  const row: Row = { what: 'an empty panel: longest task', unit: 'ms', ours: await longestTask(panel.page) };
  await panel.close();
  return row;
}

/** A million lines, streamed as a worker's output arrives. */
async function manyLines(browser: Browser): Promise<Row[]> {
  const batch = 8000;
  return flood(browser, '1,000,000 lines', async (command) => {
    for (let line = 0; line < lines; line += batch) {
      command.stdout(Array.from({ length: batch }, (_, index) => `line ${String(line + index)}\n`).join(''));
      await turn();
    }
  });
}

async function oneLongLine(browser: Browser): Promise<Row[]> {
  const chunk = 'x'.repeat(64 * 1024);
  return flood(browser, 'one line of 50 MB', async (command) => {
    for (let written = 0; written < 50_000_000; written += chunk.length) {
      command.stdout(chunk);
      await turn();
    }
  });
}

async function flood(
  browser: Browser,
  what: string,
  write: (command: ScriptedCommand) => Promise<void>,
): Promise<Row[]> {
  const panel = await PanelPage.open(browser);
  const before = await heap(panel.page);
  const command = new ScriptedSession(panel.model).add('flood()').start();
  await write(command);
  command.ok().results.close();
  await panel.page.locator('.cmd.is-done').waitFor();
  const rows: Row[] = [
    { what: `${what}: longest task`, unit: 'ms', ours: await longestTask(panel.page), target: { atMost: 50 } },
    { what: `${what}: heap growth`, unit: 'MB', ours: (await heap(panel.page)) - before, target: { atMost: 100 } },
  ];
  await panel.close();
  return rows;
}

/** The panel is shown again after ten thousand commands ran. */
async function manyCommands(browser: Browser): Promise<Row[]> {
  const model = new PanelModel();
  const session = new ScriptedSession(model);
  for (let index = 1; index <= commands; index++) {
    session.ran(`value_${String(index)} = load("part-${String(index)}.csv", rows=${String(index)})`, {
      value: `${String(index)} rows`,
    });
  }
  const shown: number[] = [];
  const longest: number[] = [];
  for (let run = 0; run < runs; run++) {
    const panel = await PanelPage.open(browser, { model });
    shown.push(await lastShown(panel.page, `value_${String(commands)} `));
    longest.push(await longestTask(panel.page));
    await panel.close();
  }
  return [
    { what: 'opening with 10,000 commands', unit: 'ms', ours: median(shown), target: { atMost: 1000 } },
    { what: 'opening with 10,000 commands: longest task', unit: 'ms', ours: median(longest), target: { atMost: 50 } },
  ];
}

/** A hundred images of a megabyte each come one after the other, and are then scrolled past. */
async function manyImages(browser: Browser): Promise<Row[]> {
  const panel = await PanelPage.open(browser);
  const session = new ScriptedSession(panel.model);
  const image = png(1200, 600, 1);
  const before = await heap(panel.page);
  for (let index = 0; index < images; index++) {
    session
      .add(`plot(${String(index)})`)
      .start()
      .returns({ 'text/plain': `plot ${String(index)}`, 'image/png': image })
      .results.close();
    await turn();
  }
  await panel.page.getByRole('img', { name: `plot ${String(images - 1)}` }).waitFor();
  for (let index = images - 1; index >= 0; index -= 9) {
    await panel.command(index).scrollIntoViewIfNeeded();
    await panel.page.getByRole('img', { name: `plot ${String(index)}`, exact: true }).waitFor();
  }
  const size = `${(image.length / 1e6).toFixed(1)} MB each`;
  const kept = await panel.page.getByRole('img').count();
  const rows: Row[] = [
    {
      what: '100 images: longest task',
      unit: 'ms',
      ours: await longestTask(panel.page),
      target: { atMost: 50 },
      note: size,
    },
    { what: '100 images: heap growth', unit: 'MB', ours: (await heap(panel.page)) - before, target: { atMost: 100 } },
    { what: '100 images: decoded at a time', unit: 'images', ours: kept, target: { atMost: 20 } },
  ];
  await panel.close();
  return rows;
}

/** Lets the timers and messages that are due have their turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** When a frame with that source was drawn, in milliseconds since the page began to load. */
async function lastShown(page: Page, source: string): Promise<number> {
  const found = await page.waitForFunction((text) => {
    const sources = document.querySelectorAll('.source');
    return sources[sources.length - 1]?.textContent.includes(text) ? performance.now() : 0;
  }, source);
  return found.jsonValue();
}

/** The longest time that the page was stuck since it began to load; what took less than 50 ms is not told apart. */
function longestTask(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let longest = 0;
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
        }).observe({ type: 'longtask', buffered: true });
        setTimeout(() => {
          resolve(longest);
        }, 200);
      }),
  );
}

/** What the page holds, in megabytes, with nothing left to collect. */
function heap(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { gc, performance } = globalThis as unknown as {
      gc: () => void;
      performance: { memory: { usedJSHeapSize: number } };
    };
    gc();
    return performance.memory.usedJSHeapSize / 1e6;
  });
}
