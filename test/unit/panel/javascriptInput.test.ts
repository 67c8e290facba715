import { describe, expect, it } from 'vitest';
import { isCompleteJavaScript } from '../../../media/panel/input/javascriptInput.js';

describe('Enter runs JavaScript', () => {
  it.each([
    '',
    '1 + 1',
    'let x: number = 1',
    '// why',
    'const f = () => {\n  return 1;\n}',
    'for (const x of y) print(x)',
    'a\n  .b()',
    '`a${b}c`',
    // Mistakes: running them says what is wrong.
    'f(1))',
    '}',
    '"abc',
    'let let =',
  ])('%j', (source) => {
    expect(isCompleteJavaScript(source)).toBe(true);
  });
});

describe('Enter begins another line of JavaScript', () => {
  it.each([
    'f(',
    'f( // why\n',
    'a +',
    'const f = () => {',
    'class A {\n  m() {',
    'if (x)',
    'if (x) {\n} else',
    '{ a: [1,',
    'x =>',
    'x.',
    '`abc',
    '`a${',
    '/* abc',
    'let y: number =',
  ])('%j', (source) => {
    expect(isCompleteJavaScript(source)).toBe(false);
  });
});
