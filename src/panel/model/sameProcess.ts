import type { TranscriptEntry } from './transcriptEntry.js';

/**
 * The commands of a session's process up to an entry, which is included: only there does a number or a line mean the
 * same command.
 */
export function sameProcess<Item extends TranscriptEntry>(
  items: Iterable<Item>,
  { key, session }: { readonly key: number; readonly session: string },
): Item[] {
  let found: Item[] = [];
  for (const item of items) {
    if (item.divides(session)) found = [];
    else if (item.session === session) found.push(item);
    if (item.key === key) break;
  }
  return found;
}
