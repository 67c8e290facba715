import { describe, expect, it } from 'vitest';
import { languageNamed } from '../languageNamed.js';
import { marked } from '../marked.js';

function sent(withMarks: string, languageId = 'javascript'): string {
  const { text, selection } = marked(withMarks);
  return languageNamed(languageId).codeToRun(text, selection).code;
}

describe('a mistake in JavaScript', () => {
  it.each([
    ['an open bracket', 'x = foo(\n‸y = 2;\nz = 3;', 'y = 2;'],
    ['an open bracket, in its own line', 'x = foo(‸\ny = 2;\nz = 3;', 'x = foo('],
    ['an open bracket, two statements below', 'x = foo(\ny = 2;\n‸z = 3;', 'z = 3;'],
    ['an open bracket above a comment', 'x = foo(\n\n// note\n‸y = 2;', 'y = 2;'],
    ['an open object', 'const x = {\n  a: 1,\n\n‸foo();\nbar();', 'foo();'],
    ['an open object, within it', 'const x = {\n  ‸a: 1,\n\nfoo();', 'const x = {\n  a: 1,'],
    ['an open template', 'x = `abc\n‸y = 2;\nz = 3;', 'y = 2;'],
    ['an open template above another', 'x = `abc\n‸y = 2;\nf(`is ${y} z`);\ng(`${y}`);', 'y = 2;'],
    ['an open template far above another', 'x = `abc\ny = 2;\nf(`is ${y} z`);\n‸g(`${y}`);', 'g(`${y}`);'],
    ['a bracket too many', 'x = )\n‸y = 1;', 'y = 1;'],
    ['an open bracket in the same block', 'f(() => {\n  x = foo(\n  ‸y = 2;\n  z = 3;\n});\nb();', 'y = 2;'],
    ['an open block', 'function f() {\n  a();\n  if (x) {\n    b();\n\n‸g();\nh();', 'g();'],
    ['an open block, within it', 'function f() {\n  a();\n  if (x) {\n    ‸b();\n\ng();', 'b();'],
    ['an open class', 'class A {\n  m() {\n    foo();\n\n  n() {}\n}\n‸b();\nc();', 'b();'],
    ['several of them', 'a(\nb[\n{\nif (x) {\n‸c();\nd();', 'c();'],
    ['a mistake further down', '‸a();\nx = foo(\ny = 2;', 'a();'],
    ['a mistake in a template below it', 'a(;\nconst t = `\nb\n`;\n‸c();', 'c();'],
    ['CRLF', 'x = foo(\r\n‸y = 2;\r\nz = 3;', 'y = 2;'],
  ])('leaves what is sent as it is: %s', (_, text, expected) => {
    expect(sent(text)).toBe(expected);
  });

  it('is found soon behind comments that can be read in many ways', () => {
    const comments = `/**${'//**//**'.repeat(2000)}//`;
    expect(sent(`⟦a();\n${comments}⟧`)).toBe('');
    expect(sent(`export {${'type'.padStart(100_000)} x }\n‸y = 1;`, 'typescript')).toBe('y = 1;');
  });

  it.each([
    ['text of a template', 'f(`\n‸a = 1\n`, 1 2);\nb();', 'f(`\na = 1\n`, 1 2);'],
    ['else', 'if (a) {\n  b(;\n}\n‸else {\n  c();\n}\nd();', 'if (a) {\n  b(;\n}\nelse {\n  c();\n}'],
    ['deeper lines', 'f(\n  a b,\n  ‸c,\n);\nd();', 'f(\n  a b,\n  c,\n);'],
  ])('ends no statement before %s', (_, text, expected) => {
    expect(sent(text)).toBe(expected);
  });

  it('hides no cell', () => {
    const cells = languageNamed('javascript').findCells('foo(\n// %% a\nx = 1\n// %% b\n(y)', {});
    expect(cells.map(({ startLine, title }) => [startLine, title])).toEqual([
      [0, ''],
      [1, 'a'],
      [3, 'b'],
    ]);
  });

  it('is forgotten when it is gone', () => {
    expect(sent('x = foo(\n‸y = 2\nz = 3;')).toBe('y = 2');
    expect(sent('x = foo(\n‸y = 2)\nz = 3;')).toBe('x = foo(\ny = 2)');
  });

  it('is none where TypeScript exports types', () => {
    expect(sent('export { A, type B, type C } from "./a.js";\n‸b();', 'typescript')).toBe('b();');
    const line = 'export { A, type B, type C } from "./a.js";';
    expect(sent(`‸${line}\nb();`, 'typescript')).toBe(line);
  });
});
