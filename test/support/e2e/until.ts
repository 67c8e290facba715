import type { Locator } from 'playwright-core';

/** Whether the element is to be seen before the time is over. */
export function appears(locator: Locator, timeoutMs: number): Promise<boolean> {
  return locator.waitFor({ timeout: timeoutMs }).then(
    () => true,
    () => false,
  );
}

/** Whether the element is gone before the time is over. */
export function disappears(locator: Locator, timeoutMs: number): Promise<boolean> {
  return locator.waitFor({ state: 'hidden', timeout: timeoutMs }).then(
    () => true,
    () => false,
  );
}

/** Repeats a step until it succeeds. */
export async function until(step: () => Promise<boolean>, what: string, timeoutMs = 40_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await step())) {
    if (Date.now() > end) throw new Error(`It did not come about in ${String(timeoutMs)} ms that ${what}.`);
  }
}
