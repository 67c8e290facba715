import { after } from './deadline.js';

/**
 * Resolves after a number of seconds; fractions are allowed.
 * @throws RangeError if `seconds` is negative or not a number.
 */
export async function sleep(seconds: number): Promise<void> {
  if (!(seconds >= 0)) throw new RangeError(`sleep needs a non-negative number of seconds, not ${String(seconds)}.`);
  await new Promise<void>((resolve) => after(seconds * 1000, resolve));
}
