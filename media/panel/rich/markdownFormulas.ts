import type { TokenizerAndRendererExtension, Tokens } from 'marked';
import { formulaMarkup } from './formula.js';

const block = /^\$\$([^]+?)\$\$[^\S\n]*(?:\n|$)/;
/** Prices are not formulas: there is no space inside the dollar signs, and no digit after them. */
const inline = /^\$(?![\s$])((?:[^$\\\n]|\\[^\n])*?[^\s\\$])\$(?!\d)/;

/** Formulas in Markdown between dollar signs, as in GitHub and Jupyter. Invalid formulas are left as they are. */
export const formulas: TokenizerAndRendererExtension[] = [
  extension('formulaBlock', 'block', block),
  extension('formula', 'inline', inline),
];

function extension(name: string, level: 'block' | 'inline', pattern: RegExp): TokenizerAndRendererExtension {
  return {
    name,
    level,
    // Where a paragraph may end because a formula starts.
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
    return undefined; // not a formula, or one that needs a package
  }
}
