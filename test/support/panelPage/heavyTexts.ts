import type { HeavyOutput } from './heavyOutputs.js';

/** What a parser of Markdown or LaTeX has to try in many ways. */
const pieces = [
  ...[
    '_a',
    'a_',
    '*a',
    '**a*',
    '***',
    '!',
    '![',
    '[a',
    '[a](',
    '[](',
    '[^1]',
    '`a',
    '$a',
    '$a$ ',
    '~a',
    '~~a',
    '((',
    '\\',
  ],
  ...[
    '> ',
    '>',
    '- ',
    '1. ',
    '- - ',
    '* a\n',
    '> a\n',
    '[a]: b\n',
    '\n\n$$',
    'a|',
    '<a ',
    '<!--',
    '&',
    'x_1 ',
    "'",
    '"',
    '#',
  ],
];

/** Markdown and LaTeX of 100,000 characters: of one piece, and of pieces between words. */
export function* heavyTexts(): Generator<HeavyOutput> {
  for (const piece of pieces) {
    const name = JSON.stringify(piece);
    const text = piece.repeat(100_000 / piece.length);
    const words = `${piece}${'word and '.repeat(5)}`;
    yield { name: `Markdown of ${name}`, bundle: { 'text/markdown': text } };
    yield {
      name: `Markdown between words: ${name}`,
      bundle: { 'text/markdown': words.repeat(100_000 / words.length) },
    };
    yield { name: `paragraphs of ${name}`, bundle: { 'text/markdown': `${piece.repeat(100)}\n\n`.repeat(100) } };
    yield { name: `LaTeX of ${name}`, bundle: { 'text/latex': text } };
    yield { name: `short LaTeX of ${name}`, bundle: { 'text/latex': piece.repeat(5000 / piece.length) } };
  }
}
