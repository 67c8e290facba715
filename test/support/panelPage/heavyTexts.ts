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
  for (const [begin, row] of [
    ['', ''],
    ['> ', '> '],
    ['- ', '  '],
    ['- x\n\n  ', '  '],
  ] as const) {
    const table = `${begin}${'a|'.repeat(1000)}a\n${row}${'-|'.repeat(1000)}-\n${`${row}a|\n`.repeat(20_000)}`;
    yield { name: `Markdown table after ${JSON.stringify(begin)}`, bundle: { 'text/markdown': table }, worst: true };
  }
  yield {
    name: 'Markdown links with a long title',
    bundle: { 'text/markdown': `[x]: y "${'t'.repeat(20_000)}"\n\n${'[x]\n\n'.repeat(12_000)}` },
  };
  yield {
    name: 'text of many colors',
    bundle: { 'text/plain': `${'\x1b[31mx\x1b[32my'.repeat(900)}\n`.repeat(500) },
    worst: true,
  };
  yield {
    name: 'text of directions',
    bundle: { 'text/plain': `${'\u05d0 a '.repeat(480)}\n`.repeat(150) },
    worst: true,
  };
  yield {
    name: 'JSON of directions',
    bundle: { 'application/json': Array<string>(99).fill('\u05d0 a '.repeat(499)) },
    worst: true,
  };
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
  const blocks = `<div>${'x '.repeat(11)}</div>`.repeat(4300);
  yield {
    name: 'text in blocks of a line',
    bundle: { 'text/html': `<style>div{display:inline-grid;padding:1%}</style>${'<div>'.repeat(90)}${blocks}` },
    worst: true,
  };
}
