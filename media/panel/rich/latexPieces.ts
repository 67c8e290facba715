/** A piece of LaTeX: text, or a formula with the source that it is drawn from. */
export type LatexPiece =
  | { readonly kind: 'text'; readonly source: string }
  | { readonly kind: 'formula'; readonly source: string; readonly formula: string; readonly display: boolean };

const environments = 'equation|align|alignat|gather|multline|eqnarray|displaymath|math|cases|array|[pbBvV]?matrix';
const formula = new RegExp(
  [
    String.raw`\$\$([^]+?)\$\$`,
    String.raw`\\\[([^]+?)\\\]`,
    String.raw`\\\(([^]+?)\\\)`,
    String.raw`(?<!\\)\$((?:[^$\\]|\\[^])+)\$`,
    String.raw`(\\begin\{((?:${environments})\*?)\}[^]*?\\end\{\6\})`,
  ].join('|'),
  'g',
);
/** Without delimiters, this is what distinguishes a formula from words. */
const isMathematical = /\\[a-z]|[\^_{}]/i;
/** In characters: formulas are only looked for up to here, since the time is quadratic. */
const LONGEST = 10_000;

/** Splits LaTeX as notebooks show it: text with formulas in it, or one formula without delimiters. */
export function latexPieces(data: string): LatexPiece[] {
  const source = data.trim();
  const pieces: LatexPiece[] = [];
  let copied = 0;
  for (const found of source.slice(0, LONGEST).matchAll(formula)) {
    const [whole, dollars, brackets, parentheses, dollar, environment] = found;
    if (found.index > copied) pieces.push({ kind: 'text', source: source.slice(copied, found.index) });
    pieces.push({
      kind: 'formula',
      source: whole,
      formula: dollars ?? brackets ?? parentheses ?? dollar ?? environment ?? '',
      display: dollar === undefined && parentheses === undefined,
    });
    copied = found.index + whole.length;
  }
  if (copied === 0 && isMathematical.test(source.slice(0, LONGEST)))
    return [{ kind: 'formula', source, formula: source, display: true }];
  if (copied < source.length) pieces.push({ kind: 'text', source: source.slice(copied) });
  const [only] = pieces;
  // A formula alone is displayed, whatever its delimiters.
  return pieces.length === 1 && only?.kind === 'formula' ? [{ ...only, display: true }] : pieces;
}

/** Text of LaTeX in words: without escapes. */
export function latexText(source: string): string {
  return source
    .replaceAll(/\\\\(?:\[[^\]\n]{0,20}\])?[^\S\n]*\n?/g, '\n')
    .replaceAll(/\\([%&_#${}])/g, '$1')
    .replaceAll('~', '\u00a0');
}
