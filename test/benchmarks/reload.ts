import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { median } from './measure.js';
import type { Row } from './row.js';
import { frameWith, inVscodeWindow, runCell, runVscodeCommand, until } from './vscodeWindow.js';

const TURNS = 5;
const target = { atMost: 1000 };

declare global {
  interface Window {
    /** Of the panel's page, in milliseconds since the epoch. */
    reloaded: {
      /** When the page began to load. */
      readonly begun: number;
      /** When it had painted something of the running command. */
      first?: number;
      /** When it had painted what the command has written since the page began to load. */
      latest?: number;
    };
  }
}

/** A command that has written so much, and goes on to tell the time. */
const program = (megabytes: number): string => `# %%
import os, time
rest = ${String(megabytes << 20)}
while rest > 0: rest -= os.write(1, b'x' * 63 + b'\\n')
while True:
    print('tick', time.time_ns() // 1_000_000, flush=True)
    time.sleep(0.02)
`;

/** Watches what the panel's page shows of the running command. */
function watch(): void {
  if (window === top) return;
  const reloaded = (window.reloaded = { begun: performance.timeOrigin } as Window['reloaded']);
  const now = (): number => performance.timeOrigin + performance.now();
  const look = (): void => {
    const text = document.querySelector('article.cmd.is-running .row.out')?.textContent ?? '';
    if (text !== '') reloaded.first ??= now();
    const told = Number([...text.matchAll(/tick (\d+)/g)].at(-1)?.[1] ?? 0);
    if (told > reloaded.begun) reloaded.latest ??= now();
    if (reloaded.latest !== undefined) clearInterval(looking);
  };
  const looking = setInterval(look, 5); // survives that VS Code writes the page into the frame
}

/**
 * In a window of a real VS Code that is reloaded while a command runs: from the moment that VS Code begins to load the
 * panel's page to the command's first output there, and to what it writes now.
 */
export async function reloadFigures(): Promise<Row[]> {
  return [...(await reloadsWith(0)), ...(await reloadsWith(1)), ...(await reloadsWith(100))];
}

function reloadsWith(megabytes: number): Promise<Row[]> {
  return inVscodeWindow({
    source: program(megabytes),
    settings: { 'extsession.sessions.keepAlive': 'untilClosed' },
    inFrames: watch,
    measure: (page, logFolder) => measure(page, logFolder, megabytes),
  });
}

async function measure(page: Page, logFolder: string, megabytes: number): Promise<Row[]> {
  await runCell(page);
  await frameWith(page, 'article.cmd.is-running:has-text("tick")');
  const [first, latest, waited]: [number[], number[], number[]] = [[], [], []];
  for (let turn = 0; turn < TURNS; turn++) {
    const [asked, gone] = [Date.now(), page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame())];
    await runVscodeCommand(page, 'Developer: Reload Window');
    await gone;
    const shown = await until(() => seen(page));
    const activated = activation(logFolder);
    if (activated < asked) throw new Error('The extension has not been activated again.');
    first.push(shown.first - shown.begun);
    latest.push(shown.latest - shown.begun);
    waited.push(shown.begun - activated);
  }
  await runVscodeCommand(page, 'ExtSession: Stop All Sessions');
  const what = `reload with ${String(megabytes)} MB`;
  return [
    { what: `${what}: from the panel's page to the first output`, unit: 'ms', ours: median(first), target },
    { what: `${what}: to what is written now`, unit: 'ms', ours: median(latest), target },
    { what: `${what}: from activation to the panel's page, by VS Code`, unit: 'ms', ours: median(waited) },
  ];
}

async function seen(page: Page): Promise<Required<Window['reloaded']> | undefined> {
  await page.waitForTimeout(50);
  for (const frame of page.frames()) {
    const { begun, first, latest } = await frame
      .evaluate(() => ({ ...(window.reloaded as Window['reloaded'] | undefined) }))
      .catch(() => ({ begun: undefined, first: undefined, latest: undefined })); // it may just be going
    if (begun !== undefined && first !== undefined && latest !== undefined) return { begun, first, latest };
  }
  return undefined;
}

/** When VS Code began to activate the extension last, by its log. */
function activation(logFolder: string): number {
  const logs = readdirSync(logFolder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('remoteexthost.log'),
  );
  const times = logs.flatMap((name) => {
    const lines = readFileSync(path.join(logFolder, name), 'utf8').split('\n');
    const found = lines.filter((line) => /_doActivateExtension \S*extsession,/.test(line));
    return found.map((line) => Date.parse(line.slice(0, '2000-01-01 00:00:00.000'.length).replace(' ', 'T')));
  });
  return Math.max(0, ...times);
}
