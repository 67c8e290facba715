import { after } from './deadline.js';

/**
 * Resolves after so many seconds; fractions are allowed.
 * @throws RangeError when `seconds` is negative or no number.
 */
export async function sleep(seconds: number): Promise<void> {
  if (!(seconds >= 0)) throw new RangeError(`sleep needs a non-negative number of seconds, not ${String(seconds)}.`);
  await new Promise<void>((resolve) => after(seconds * 1000, resolve));
}
