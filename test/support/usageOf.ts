import { expect } from 'vitest';
import type { ExtSession, Usage } from '../../src/library.js';

/** What a command has used that ends without an error. */
export async function usageOf(session: ExtSession, source: string): Promise<Usage> {
  const outcome = await session.execute(source).wait();
  expect(outcome).toMatchObject({ status: 'ok' });
  if (!outcome.usage) throw new Error('The command has no usage.');
  return outcome.usage;
}

/** Expects that short commands have no usage, except for some that a busy machine makes long. */
export async function expectNoUsageOfShort(session: ExtSession): Promise<void> {
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => session.execute('1 + 1').wait()));
  expect(outcomes.some(({ usage }) => usage === undefined)).toBe(true);
}
