import type { Page } from 'playwright-core';

/** What a function finds in every frame that has not gone meanwhile. */
export async function inFrames(page: Page, find: () => string[]): Promise<string[]> {
  const found = await Promise.allSettled(page.frames().map((frame) => frame.evaluate(find)));
  return found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
}
