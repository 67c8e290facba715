import type { Frame, Page } from 'playwright-core';
import { median, quantile } from './measure.js';
import type { Row } from './row.js';
import { frameWith, inVscodeWindow, runCell, runVscodeCommand } from './vscodeWindow.js';

const RUNS = 60;
const WARM_UP = 10;
const CELL = '# %%\n1\n';

declare global {
  interface Window {
    /** When the key went down and when its result had been painted, in milliseconds since the epoch. */
    pressed: number;
    painted: Promise<number>;
  }
}

/**
 * In a window of a real VS Code: from the key that runs a cell to its painted result in the panel, beside a message
 * without content that goes from a page to the extension host and back in the same window.
 */
export function workbenchFigures(): Promise<Row[]> {
  return inVscodeWindow({ source: CELL, beside: 'messageExtension', measure });
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
  await runVscodeCommand(page, 'Measure Messages');
  const frame = await frameWith(page, 'body:has-text("round trip: ")');
  const text = await frame.locator('body').innerText();
  return Number(text.replace('round trip: ', ''));
}
