import { chromium, type Browser } from 'playwright-core';
import { PanelModel } from '../../src/panel/model/panelModel.js';
import { ensureBrowser, launchOptions } from '../support/browser.mjs';
import { PanelPage } from '../support/panelPage/panelPage.js';
import { png } from '../support/panelPage/png.js';
import { ScriptedSession, type ScriptedCommand } from '../support/panelPage/scriptedSession.js';
import { TaskTimes } from '../support/panelPage/taskTimes.js';
import { median, quantile } from './measure.js';
import type { Row } from './row.js';
import { allShown, heap, lastShown } from './pageMeasures.js';

const LINES = 1_000_000;
const COMMANDS = 10_000;
const IMAGES = 100;
const RUNS = 5;
const KEYS = 60;

declare global {
  interface Window {
    /** How long each key took to its character, in milliseconds. */
    typed: number[];
  }
}

/**
 * What the built panel does to its page under floods, in Chromium: how long it is stuck at a time, what it keeps, and
 * how soon it is there. The page is driven from this process, which plays the host with the real model and feed.
 */
export async function panelBenchmark(): Promise<Row[]> {
  const browser = await chromium.launch({
    ...launchOptions(await ensureBrowser()),
    // Heap sizes as they are, and a collector that can be called.
    args: [...(launchOptions('').args ?? []), '--enable-precise-memory-info', '--js-flags=--expose-gc'],
  });
  try {
    return [
      ...(await manyLines(browser)),
      await typingOverLines(browser),
      await typingOverCommands(browser),
      ...(await oneLongLine(browser)),
      await smallCommands(browser),
      ...(await manyCommands(browser)),
      ...(await manyImages(browser)),
    ];
  } finally {
    await browser.close();
  }
}

/** A million lines, streamed as a worker's output arrives. */
async function manyLines(browser: Browser): Promise<Row[]> {
  const batch = 8000;
  return flood(browser, '1,000,000 lines', async (command) => {
    for (let line = 0; line < LINES; line += batch) {
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
  const panel = await openLoaded(browser);
  const before = await heap(panel.page);
  const tasks = await watched(browser, panel);
  const command = new ScriptedSession(panel.model).add('flood()').start();
  await write(command);
  command.ok().close();
  await panel.page.locator('.cmd.is-done').waitFor();
  const longest = await tasks();
  const rows: Row[] = [
    { what: `${what}: longest task`, unit: 'ms', ours: longest, target: { atMost: 50 } },
    { what: `${what}: heap growth`, unit: 'MB', ours: (await heap(panel.page)) - before, target: { atMost: 100 } },
  ];
  await panel.close();
  return rows;
}

/** From a key to its character in the input line, while a million lines come. */
async function typingOverLines(browser: Browser): Promise<Row> {
  const panel = await openLoaded(browser);
  const command = new ScriptedSession(panel.model).add('flood()').start();
  let line = 0;
  return typing(panel, '1,000,000 lines come', () => {
    command.stdout(Array.from({ length: 8000 }, () => `line ${String(line++)}\n`).join(''));
  });
}

/** The same while commands run as fast as the panel takes them, with as many there as it keeps. */
async function typingOverCommands(browser: Browser): Promise<Row> {
  const panel = await openLoaded(browser);
  const run = smallCommand(panel);
  for (let index = 0; index < COMMANDS; index++) run();
  await lastShown(panel.page, `value_${String(COMMANDS)} `);
  return typing(panel, 'commands run', () => {
    for (let index = 0; index < 50; index++) run();
  });
}

async function typing(panel: PanelPage, what: string, flood: () => void): Promise<Row> {
  const over = new AbortController();
  const flooding = (async () => {
    while (!over.signal.aborted) {
      flood();
      await turn();
    }
  })();
  await panel.input.click();
  await panel.page.evaluate(() => {
    let pressed = 0;
    window.typed = [];
    addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), true);
    const input = document.querySelector('.cm-content');
    const note = (): unknown => window.typed.push(performance.now() - pressed);
    if (input) new MutationObserver(note).observe(input, { subtree: true, characterData: true, childList: true });
  });
  for (let key = 0; key < KEYS; key++) await panel.page.keyboard.press('x', { delay: 20 });
  const taken = await panel.page.evaluate(() => window.typed);
  over.abort();
  await flooding;
  await panel.close();
  if (taken.length < KEYS) throw new Error(`Of ${String(KEYS)} keys, ${String(taken.length)} came.`);
  return {
    what: `typing while ${what}: a key`,
    unit: 'ms',
    ours: quantile(taken, 0.95),
    target: { atMost: 16 },
    note: '95th of 100',
  };
}

/** Ten thousand commands run while the panel is open, as fast as this process plays them. */
async function smallCommands(browser: Browser): Promise<Row> {
  const panel = await openLoaded(browser);
  const tasks = await watched(browser, panel);
  const run = smallCommand(panel);
  for (let index = 1; index <= COMMANDS; index++) {
    run();
    if (index % 50 === 0) await turn();
  }
  await lastShown(panel.page, `value_${String(COMMANDS)} `);
  const longest = await tasks();
  await panel.close();
  return { what: '10,000 commands: longest task', unit: 'ms', ours: longest, target: { atMost: 50 } };
}

function smallCommand({ model }: PanelPage): () => void {
  const session = new ScriptedSession(model);
  let index = 0;
  return () => {
    index += 1;
    session.ran(`value_${String(index)} = load()`, { value: String(index) });
  };
}

/** The panel is shown again after ten thousand commands ran. */
async function manyCommands(browser: Browser): Promise<Row[]> {
  const model = new PanelModel();
  const session = new ScriptedSession(model);
  for (let index = 1; index <= COMMANDS; index++) {
    session.ran(`value_${String(index)} = load("part-${String(index)}.csv", rows=${String(index)})`, {
      value: `${String(index)} rows`,
    });
  }
  const shown: number[] = [];
  const longest: number[] = [];
  const empty: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const ofNothing = await TaskTimes.start(browser);
    const nothing = await openLoaded(browser);
    empty.push(await longestOf(ofNothing, nothing));
    await nothing.close();
    const tasks = await TaskTimes.start(browser);
    const panel = await PanelPage.open(browser, { model });
    shown.push(await lastShown(panel.page, `value_${String(COMMANDS)} `));
    await allShown(panel.page, model.keys().length);
    longest.push(await longestOf(tasks, panel));
    await panel.close();
  }
  return [
    { what: 'opening with 10,000 commands', unit: 'ms', ours: median(shown), target: { atMost: 1000 } },
    {
      what: 'opening with 10,000 commands, until all are there: longest task',
      unit: 'ms',
      ours: median(longest),
      reference: { name: 'an empty panel', value: median(empty) },
      target: { atMost: 50 },
    },
  ];
}

/** A hundred images of half a megabyte each come one after the other, and are then scrolled past. */
async function manyImages(browser: Browser): Promise<Row[]> {
  const panel = await openLoaded(browser);
  const session = new ScriptedSession(panel.model);
  const image = png(1200, 600, 1);
  const before = await heap(panel.page);
  const tasks = await watched(browser, panel);
  for (let index = 0; index < IMAGES; index++) {
    session
      .add(`plot(${String(index)})`)
      .start()
      .returns({ 'text/plain': `plot ${String(index)}`, 'image/png': image })
      .close();
    await turn();
  }
  await panel.page.getByRole('img', { name: `plot ${String(IMAGES - 1)}` }).waitFor();
  for (let index = IMAGES - 1; index >= 0; index -= 9) {
    panel.reveal(panel.model.keys()[index] ?? 0);
    await panel.page.getByRole('img', { name: `plot ${String(index)}`, exact: true }).waitFor();
  }
  const size = `${(image.length / 1e6).toFixed(1)} MB each`;
  await panel.page.waitForTimeout(500); // images that went out of sight are given back a little later
  const kept = await panel.page.getByRole('img').count();
  const rows: Row[] = [
    {
      what: '100 images: longest task',
      unit: 'ms',
      ours: await tasks(),
      target: { atMost: 50 },
      note: size,
    },
    { what: '100 images: heap growth', unit: 'MB', ours: (await heap(panel.page)) - before, target: { atMost: 100 } },
    { what: '100 images: decoded at a time', unit: 'images', ours: kept, target: { atMost: 20 } },
  ];
  await panel.close();
  return rows;
}

/**
 * Begins to note the tasks of the page; what is returned ends it, with the longest, in milliseconds of processor time.
 */
async function watched(browser: Browser, panel: PanelPage): Promise<() => Promise<number>> {
  const tasks = await TaskTimes.start(browser, panel.page);
  await tasks.begin('measured');
  return async () => (await tasks.stop()).get('measured')?.longest ?? NaN;
}

/** The longest task of a page since it was opened. */
async function longestOf(tasks: TaskTimes, { page }: PanelPage): Promise<number> {
  await page.waitForTimeout(200);
  await tasks.begin('over', page);
  return (await tasks.stop()).get('')?.longest ?? NaN;
}

/** Lets the timers and messages that are due have their turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The panel as a user finds it, its input line loaded. */
async function openLoaded(browser: Browser): Promise<PanelPage> {
  const panel = await PanelPage.open(browser);
  await panel.input.waitFor();
  return panel;
}
