import { changeBetween } from '../text/textChange.js';

const KEPT = 6;

/**
 * Caches the results of reading a few texts, the latest first. Files are read in turn, and each is usually similar to
 * its last version, so a text that is similar to a known one replaces it.
 */
export class RecentTexts<T extends { readonly text: string }> {
  #known: readonly T[] = [];

  /**
   * Returns the result for a text.
   *
   * @param read called once for each text, with the result for an earlier version
   */
  get(text: string, read: (text: string, earlier: T | undefined) => T): T {
    let earlier = this.#known.find((each) => each.text === text);
    const isKnown = earlier !== undefined;
    earlier ??= this.#known.find((each) => isVersionOf(each.text, text));
    const found = earlier && isKnown ? earlier : read(text, earlier);
    this.#known = [found, ...this.#known.filter((each) => each !== earlier)].slice(0, KEPT);
    return found;
  }
}

/** Whether two texts are mostly the same. */
function isVersionOf(before: string, after: string): boolean {
  const { fromB, toB } = changeBetween(before, after);
  return toB - fromB <= after.length / 2 && after.length >= before.length / 2;
}
