import type { TokenizerAndRendererExtension, Tokens } from 'marked';
import { formulaMarkup } from './formula.js';

const block = /^\$\$([^]+?)\$\$[^\S\n]*(?:\n|$)/;
/** Prices are no formulas: no space stands inside the dollars, and no digit behind them. */
const inline = /^\$(?![\s$])((?:[^$\\\n]|\\[^\n])*?[^\s\\$])\$(?!\d)/;

/** Formulas in Markdown, between dollars, as GitHub and Jupyter have them. What cannot be read stays as it was written. */
export const formulas: TokenizerAndRendererExtension[] = [
  extension('formulaBlock', 'block', block),
  extension('formula', 'inline', inline),
];

function extension(name: string, level: 'block' | 'inline', pattern: RegExp): TokenizerAndRendererExtension {
  return {
    name,
    level,
    // Where a paragraph may end for it.
    start: (source) => source.indexOf(level === 'block' ? '\n$$' : '$'),
    tokenizer: (source): Tokens.Generic | undefined => {
      const [raw, formula] = pattern.exec(source) ?? [];
      const markup = formula === undefined ? undefined : markupOf(formula, level === 'block');
      return raw === undefined || markup === undefined ? undefined : { type: name, raw, markup };
    },
    renderer: ({ markup }) => String(markup),
  };
}

function markupOf(formula: string, displayMode: boolean): string | undefined {
  try {
    return formulaMarkup(formula, displayMode);
  } catch {
    return undefined; // no formula, or one for a package
  }
}
