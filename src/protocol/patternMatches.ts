/** Texts in which a pattern is looked for. */
export interface PatternJob {
  readonly source: string;
  readonly flags: string;
  readonly texts: readonly string[];
  /** Only the first match of each text counts, also one of nothing; else all that match something. */
  readonly firstOnly: boolean;
}

/** For each text, where the matches begin and end, one after the other: offsets in UTF-16 code units. */
export type PatternMatches = readonly (readonly number[])[];

/**
 * Looks for the matches. A backtracking pattern can take forever, so this runs in a thread that can be ended. The
 * thread gets the text of this function: it uses nothing that stands outside, and defines no function.
 */
export function patternMatches({ source, flags, texts, firstOnly }: PatternJob): PatternMatches {
  const pattern = new RegExp(source, `${flags}g`);
  const all = [];
  for (const text of texts) {
    const spans = [];
    for (const match of text.matchAll(pattern)) {
      if (match[0] !== '' || firstOnly) spans.push(match.index, match.index + match[0].length);
      if (firstOnly) break;
    }
    all.push(spans);
  }
  return all;
}
