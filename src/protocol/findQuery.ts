import * as v from 'valibot';

/** The text to find, and the options. */
export const findQuerySchema = v.strictObject({
  text: v.string(),
  matchCase: v.boolean(),
  wholeWord: v.boolean(),
  regex: v.boolean(),
});
export type FindQuery = Readonly<v.InferOutput<typeof findQuerySchema>>;

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The query as a pattern; undefined if it is empty, or not a valid regular expression. */
export function findPattern({ text, matchCase, wholeWord, regex }: FindQuery): RegExp | undefined {
  if (text === '') return undefined;
  const source = regex ? text : text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  const word = wholeWord ? `(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])` : source;
  try {
    return new RegExp(word, matchCase ? 'gmu' : 'gimu');
  } catch {
    return undefined;
  }
}

/** The ranges that the pattern matches, without empty ones. */
export function* spansOf(pattern: RegExp, text: string): Generator<Span> {
  for (const match of text.matchAll(pattern)) {
    const [found] = match;
    if (found !== '') yield { from: match.index, to: match.index + found.length };
  }
}
