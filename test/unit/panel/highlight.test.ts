import { expect, it } from 'vitest';
import { highlightedLines, loadGrammars } from '../../../media/panel/highlight.js';

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
