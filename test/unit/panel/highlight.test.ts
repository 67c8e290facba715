import { expect, it } from 'vitest';
import { highlightedLines, highlightedValue, loadGrammars } from '../../../media/panel/highlight.js';
import { escaped } from '../../../src/export/escaped.js';
import { highlight } from '../../../src/export/highlight.js';

it('sources are colored by the grammar of their language, once that is loaded', async () => {
  const source = 'const view = <b>1</b>;';
  const plain = [[{ text: source, class: '' }]];
  expect(highlightedLines(source, 'typescriptreact')).toEqual(plain);
  await loadGrammars(new Set(['python', 'typescriptreact', 'sql']));
  const [tokens = []] = highlightedLines(source, 'typescriptreact');
  expect(tokens[0]).toEqual({ text: 'const', class: 'd' });
  expect(tokens.map(({ text }) => text).join('')).toBe(source);
  expect(highlightedLines('import os', 'python')[0]?.[0]).toEqual({ text: 'import', class: 'k' });
  expect(highlightedLines(source, 'sql')).toEqual(plain);
});

it('a source whose grammar takes quadratic time is shown without colors', async () => {
  await loadGrammars(new Set(['python']));
  const source = 'File "'.repeat(15_000);
  expect(highlightedLines(source, 'python')).toEqual([[{ text: source, class: '' }]]);
  expect(highlightedValue(source)).toBeUndefined();
  expect(highlight(source, 'python')).toBe(escaped(source));
});
