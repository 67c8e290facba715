import type { Page } from 'playwright-core';

/** When a frame with that source was drawn, in milliseconds since the page began to load. */
export async function lastShown(page: Page, source: string): Promise<number> {
  const found = await page.waitForFunction(
    (text) => {
      const last = document.querySelector('.block:last-child > :last-child .source');
      return last?.textContent.includes(text) ? performance.now() : 0;
    },
    source,
    { timeout: 120_000 },
  );
  return found.jsonValue();
}

/** Waits until so many commands are there. Asks rarely: a locator would take the page longer each time than we do. */
export async function allShown(page: Page, count: number): Promise<void> {
  const isThere = (wanted: number): boolean => document.getElementsByClassName('cmd').length >= wanted;
  await page.waitForFunction(isThere, count, { polling: 200, timeout: 120_000 });
}

/** What the page holds, in megabytes, with nothing left to collect. */
export function heap(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { gc, performance } = globalThis as unknown as {
      gc: () => void;
      performance: { memory: { usedJSHeapSize: number } };
    };
    gc();
    return performance.memory.usedJSHeapSize / 1e6;
  });
}
