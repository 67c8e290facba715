import { expect, test } from 'vitest';
import { fenced } from '../../../src/text/fenced.js';

test('no text ends its code block', () => {
  expect(fenced('a ``` b', 'python')).toBe('````python\na ``` b\n````');
});

test('a text with very many backticks fits, too', () => {
  const text = '` '.repeat(500_000);
  expect(fenced(text, 'text')).toBe(`\`\`\`text\n${text}\n\`\`\``);
});
