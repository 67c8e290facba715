import { changeBetween } from '../text/textChange.js';

const KEPT = 6;

/**
 * What was read of a few texts, the latest first. Files are looked at in turn, and each is mostly what it was the last
 * time: a text that is like a known one takes its place.
 */
export class RecentTexts<T extends { readonly text: string }> {
  #known: readonly T[] = [];

  /**
   * What was read of a text.
   *
   * @param read is called once for each text, with what was read of an earlier version of it
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

/** Whether two texts have more in common than not. */
function isVersionOf(before: string, after: string): boolean {
  const { fromB, toB } = changeBetween(before, after);
  return toB - fromB <= after.length / 2 && after.length >= before.length / 2;
}
