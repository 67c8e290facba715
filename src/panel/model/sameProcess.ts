import type { TranscriptEntry } from './transcriptEntry.js';

/**
 * The commands of an evaluator's process up to an entry, which is included: only there does a number or a line mean the
 * same command.
 */
export function sameProcess<Item extends TranscriptEntry>(
  items: Iterable<Item>,
  { key, evaluator }: { readonly key: number; readonly evaluator: string },
): Item[] {
  let found: Item[] = [];
  for (const item of items) {
    if (item.divides(evaluator)) found = [];
    else if (item.evaluator === evaluator) found.push(item);
    if (item.key === key) break;
  }
  return found;
}
