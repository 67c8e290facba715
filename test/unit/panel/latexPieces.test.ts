import { describe, expect, it } from 'vitest';
import { latexPieces, latexText } from '../../../media/panel/rich/latexPieces.js';

const kinds = (source: string): string[] =>
  latexPieces(source).map((piece) =>
    piece.kind === 'text' ? piece.source : `${piece.display ? 'display' : 'inline'}(${piece.formula})`,
  );

describe('LaTeX', () => {
  it.for([
    [String.raw`The mean is $\mu$`, ['The mean is ', String.raw`inline(\mu)`]],
    [String.raw`$\displaystyle \frac{a}{b}$`, [String.raw`display(\displaystyle \frac{a}{b})`]],
    [String.raw`\frac{a}{b}`, [String.raw`display(\frac{a}{b})`]],
    [
      String.raw`so \(a\) and \[b\] and $$c$$.`,
      ['so ', 'inline(a)', ' and ', 'display(b)', ' and ', 'display(c)', '.'],
    ],
    [
      String.raw`As \begin{align*}x &= 1\end{align*} says`,
      ['As ', String.raw`display(\begin{align*}x &= 1\end{align*})`, ' says'],
    ],
    [String.raw`costs 5\$ and 6\$`, [String.raw`costs 5\$ and 6\$`]],
    ['only words', ['only words']],
    [String.raw`\begin{tabular}{l}x\end{tabular}`, [String.raw`display(\begin{tabular}{l}x\end{tabular})`]],
  ] as const)('has text and formulas: %s', ([source, pieces]) => {
    expect(kinds(source)).toEqual(pieces);
  });

  it('is split in a time that does not run away', () => {
    for (const part of ['$', '$$', '\\[', '\\(', '\\begin{align}', '\\$', 'a $x$ ']) {
      const start = performance.now();
      latexPieces(part.repeat(200_000 / part.length));
      expect(performance.now() - start, part).toBeLessThan(1000);
    }
  });

  it('has escapes and line breaks in its text', () => {
    expect(latexText(String.raw`50\% of~it\\next`)).toBe('50% of\u00a0it\nnext');
  });
});
