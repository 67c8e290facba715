import type { DrawnForm } from './drawnForm.js';
import { formulaMarkup } from './formula.js';
import { latexPieces, latexText, type LatexPiece } from './latexPieces.js';
import { outputRoot } from './markup/outputRoot.js';
import { sanitize } from './markup/sanitize.js';

/** In characters of formulas, so that the page remains responsive. */
const MOST_DRAWN = 20_000;

/**
 * Text with formulas, or a formula with or without dollar signs around it. Shows the source of what cannot be drawn.
 */
export async function latexForm(data: string): Promise<DrawnForm> {
  let left = MOST_DRAWN;
  const markup = latexPieces(data).map((piece) => {
    if (piece.kind === 'text') return escaped(latexText(piece.source));
    left -= piece.formula.length;
    return (left >= 0 ? drawn(piece) : undefined) ?? `<code>${escaped(piece.source)}</code>`;
  });
  const { content } = await sanitize(`<div style="white-space: pre-wrap">${markup.join('')}</div>`);
  return { node: outputRoot(content), facts: '' };
}

function drawn({ formula, display }: Extract<LatexPiece, { kind: 'formula' }>): string | undefined {
  try {
    return formulaMarkup(formula, display);
  } catch {
    return undefined; // not a formula, one that needs packages, or too long
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
