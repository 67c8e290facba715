import { spansOf, type Span } from '../../../src/protocol/findQuery.js';
import { TimeSlice } from '../timeSlice.js';
import type { Searchable } from './searchable.js';

/** A text with the command that it belongs to. */
export interface CommandText {
  readonly key: number;
  readonly searchable: Searchable;
}

export interface Match extends CommandText, Span {}

export interface Found {
  readonly matches: readonly Match[];
  /** Whether all texts were searched. */
  readonly isAll: boolean;
}

/** The same limit as in VS Code's own find. */
export const MOST_MATCHES = 19_999;

/**
 * All matches of a pattern that is never slow, in order. Works in slices, so that the page remains responsive;
 * undefined if the search was cancelled.
 */
export async function search(
  texts: Iterable<CommandText>,
  pattern: RegExp,
  signal: AbortSignal,
): Promise<Found | undefined> {
  const matches: Match[] = [];
  const slice = new TimeSlice();
  for (const { key, searchable } of texts) {
    for (const span of spansOf(pattern, searchable.text)) {
      matches.push({ key, searchable, ...span });
      if (matches.length === MOST_MATCHES) return { matches, isAll: true };
    }
    await slice.pause();
    if (signal.aborted) return undefined;
  }
  return { matches, isAll: true };
}
