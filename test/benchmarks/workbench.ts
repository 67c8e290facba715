import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Frame, type Page } from 'playwright-core';
import { ensureBrowser, launchOptions } from '../support/browser.mjs';
import { packAll } from '../support/package.mjs';
import { packFixture } from '../support/packFixture.mjs';
import { installVscodeHost } from '../support/vscode-host/install.mjs';
import { startServer } from '../support/vscode-host/server.mjs';
import { median, quantile } from './measure.js';
import type { Row } from './row.js';

const RUNS = 60;
const WARM_UP = 10;
const PATIENCE_MS = 60_000;
const CELL = '# %%\n1\n';

declare global {
  interface Window {
    /** When the key went down and when its result had been painted, in milliseconds since the epoch. */
    pressed: number;
    painted: Promise<number>;
  }
}

/**
 * In a window of a real VS Code: from the key that runs a cell to its painted result in the panel, beside a message without
 * content that goes from a page to the extension host and back in the same window.
 */
export async function workbenchFigures(): Promise<Row[]> {
  const { vsix } = await packAll();
  await installVscodeHost();
  const executable = await ensureBrowser();
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'extsession-bench-'));
  const folder = path.join(scratch, 'workspace');
  const file = path.join(folder, 'cell.py');
  mkdirSync(folder);
  writeFileSync(file, CELL);
  const browser = await chromium.launch(launchOptions(executable));
  const extensions = [vsix, await packFixture('messageExtension', scratch)];
  const server = await startServer({ profile: path.join(scratch, 'vscode'), folder, vsix: extensions });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 850 } });
    const url = new URL(server.url);
    const opened = `vscode-remote://localhost:${String(server.port)}${file}`;
    url.searchParams.set('folder', folder);
    url.searchParams.set('payload', JSON.stringify([['openFile', opened]]));
    await page.goto(url.href);
    return await measure(page);
  } finally {
    await browser.close();
    await server.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function measure(page: Page): Promise<Row[]> {
  await runCell(page);
  const panel = await frameWith(page, 'article.cmd.is-done');
  await page.evaluate(() => {
    const note = ({ timeStamp }: Event): void => void (window.pressed = performance.timeOrigin + timeStamp);
    addEventListener('keydown', note, true);
  });
  const taken: number[] = [];
  for (let run = 0; run < RUNS; run++) taken.push(await keyToPaint(page, panel));
  const reference = { name: 'an empty message there and back', value: await roundTrip(page) };
  const shown = taken.slice(WARM_UP);
  const what = 'from the key to the painted result';
  return [
    { what: `${what}, median`, unit: 'ms', ours: median(shown), reference, target: { moreAtMost: 20 } },
    { what: `${what}, 95th of 100`, unit: 'ms', ours: quantile(shown, 0.95) },
  ];
}

/** The window may still be busy with its start: tries until the panel is there. */
async function runCell(page: Page): Promise<void> {
  const text = page.locator('.editor-instance .view-line', { hasText: '%%' });
  await text.waitFor({ timeout: PATIENCE_MS });
  await until(async () => {
    await text.click();
    await page.keyboard.press('Control+Enter');
    await page.waitForTimeout(1000);
    return (await page.locator('iframe.webview.ready').count()) > 0 || undefined;
  });
}

async function keyToPaint(page: Page, panel: Frame): Promise<number> {
  await panel.evaluate(() => {
    const done = (): number => document.querySelectorAll('article.cmd.is-done').length;
    const before = done();
    window.painted = new Promise((resolve) => {
      const painted = ({ port1, port2 }: MessageChannel): void => {
        port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
        port2.postMessage(0); // comes after the frame
      };
      const observer = new MutationObserver(() => {
        if (done() === before) return;
        observer.disconnect();
        requestAnimationFrame(() => painted(new MessageChannel()));
      });
      observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    });
  });
  await page.keyboard.press('Control+Enter');
  const painted = await panel.evaluate(() => window.painted);
  return painted - (await page.evaluate(() => window.pressed));
}

/** A message's way from a page to the extension host and back, in milliseconds: the median of many. */
async function roundTrip(page: Page): Promise<number> {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input.input').fill('>Measure Messages');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Measure Messages' }).first().click();
  const frame = await frameWith(page, 'body:has-text("round trip: ")');
  const text = await frame.locator('body').innerText();
  return Number(text.replace('round trip: ', ''));
}

/** The frame that has such an element, once there is one. */
function frameWith(page: Page, selector: string): Promise<Frame> {
  return until(async () => {
    await page.waitForTimeout(100);
    for (const frame of page.frames()) {
      const count = await frame
        .locator(selector)
        .count()
        .catch(() => 0); // it may just be going
      if (count > 0) return frame;
    }
    return undefined;
  });
}

/** Repeats a step until it finds something. */
async function until<T>(step: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    const found = await step();
    if (found !== undefined) return found;
  }
  throw new Error(`The window did not come so far within ${String(PATIENCE_MS / 1000)} s.`);
}
