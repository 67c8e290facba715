/** The longest time that one timer can wait, in milliseconds. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Resolves after so many seconds; fractions are allowed.
 * @throws RangeError when `seconds` is negative or no number.
 */
export async function sleep(seconds: number): Promise<void> {
  if (!(seconds >= 0)) throw new RangeError(`sleep needs a number of seconds from 0 on, not ${String(seconds)}.`);
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const left = end - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.min(Math.max(left, 0), LONGEST_MS)));
    if (performance.now() >= end) return;
  }
}
