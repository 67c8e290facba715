import { vi } from 'vitest';

/** Waits until an assertion holds: on a busy machine that takes longer than the second that is usual. */
export function eventually<T>(assertion: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(assertion, { timeout: 20_000 });
}
