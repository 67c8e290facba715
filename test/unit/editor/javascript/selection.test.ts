import { describe, expect, it } from 'vitest';
import { languageNamed } from '../languageNamed.js';
import { marked } from '../marked.js';

function sent(withMarks: string, languageId = 'javascript') {
  const { text, selection } = marked(withMarks);
  return languageNamed(languageId).codeToRun(text, selection);
}

describe('codeToRun, nothing selected', () => {
  it.each([
    ['a statement', 'a();\n‸b();\nc();', 'b();'],
    ['the cursor within its line', 'let x = f(1,‸ 2)', 'let x = f(1, 2)'],
    ['a statement over several lines', 'a(\n  1,\n‸  2,\n);\nb();', 'a(\n  1,\n  2,\n);'],
    ['a template over several lines', 'const t = `\n‸  x\n`;\nb();', 'const t = `\n  x\n`;'],
    ['a block from its header', 'if (a) {‸\n  b();\n}', 'if (a) {\n  b();\n}'],
    ['a block from its end', 'if (a) {\n  b();\n‸}', 'if (a) {\n  b();\n}'],
    ['else', 'if (a) {\n  b();\n} ‸else {\n  c();\n}', 'if (a) {\n  b();\n} else {\n  c();\n}'],
    ['catch', 'try {\n  a();\n}\n‸catch {\n  b();\n}', 'try {\n  a();\n}\ncatch {\n  b();\n}'],
    ['a nested statement', 'if (a) {\n  ‸b(\n    1);\n  c();\n}', 'b(\n  1);'],
    ['a nested statement without braces', 'for (const x of y)\n  ‸f(x);', 'f(x);'],
    ['a statement of a callback', "test('a', () => {\n  ‸run();\n  done();\n});", 'run();'],
    ['return: with its function', 'function f() {\n  ‸return 1;\n}\nf();', 'function f() {\n  return 1;\n}'],
    ['break: with its loop', 'function f() {\n  for (;;) {\n    ‸break;\n  }\n}', 'for (;;) {\n  break;\n}'],
    [
      'break out of a switch in a loop',
      'for (;;) {\n  switch (x) {\n    case 1:\n      ‸break;\n  }\n}',
      'switch (x) {\n  case 1:\n    break;\n}',
    ],
    [
      'continue to a label',
      'o: for (;;) {\n  for (;;) {\n    ‸continue o;\n  }\n}',
      'o: for (;;) {\n  for (;;) {\n    continue o;\n  }\n}',
    ],
    ['case', 'switch (x) {\n  ‸case 1:\n    a();\n}', 'switch (x) {\n  case 1:\n    a();\n}'],
    ['a method', 'class A {\n  ‸m() {\n    a();\n  }\n}', 'class A {\n  m() {\n    a();\n  }\n}'],
    ['an export', 'export function f() {‸\n  a();\n}', 'export function f() {\n  a();\n}'],
    [
      'what super needs: the class',
      'class A extends B {\n  m() {\n    ‸super.m();\n  }\n}',
      'class A extends B {\n  m() {\n    super.m();\n  }\n}',
    ],
    [
      'super in an arrow function: the class',
      'class A extends B {\n  m() {\n    ‸f(() => super.m());\n  }\n}',
      'class A extends B {\n  m() {\n    f(() => super.m());\n  }\n}',
    ],
    [
      'a private name: the class',
      'class A {\n  #x = 1;\n  m() {\n    ‸this.#x = 2;\n    f();\n  }\n}',
      'class A {\n  #x = 1;\n  m() {\n    this.#x = 2;\n    f();\n  }\n}',
    ],
    [
      'a private name in a function: the class',
      'class A {\n  #x;\n  m() {\n    ‸if (f(function () { return #x in o; })) g();\n  }\n}',
      'class A {\n  #x;\n  m() {\n    if (f(function () { return #x in o; })) g();\n  }\n}',
    ],
    [
      'a class within with its own private name',
      'function f() {\n  ‸class A {\n    #x;\n    m = () => this.#x;\n  }\n}',
      'class A {\n  #x;\n  m = () => this.#x;\n}',
    ],
    ['new.target: the function', 'function F() {\n  ‸f(new.target);\n}', 'function F() {\n  f(new.target);\n}'],
    ['yield: the function', 'function* g() {\n  ‸yield;\n  f();\n}', 'function* g() {\n  yield;\n  f();\n}'],
    [
      'an object with methods',
      'function f() {\n  ‸a = { m() { return super.m; }, get n() { return 1; } };\n}',
      'a = { m() { return super.m; }, get n() { return 1; } };',
    ],
    ['a label of its own', 'if (a) {\n  ‸o: for (;;) {\n    break o;\n  }\n}', 'o: for (;;) {\n  break o;\n}'],
    ['await', 'async function f() {\n  ‸await g();\n}', 'await g();'],
    ['two statements on a line', 'a(); ‸b();\nc();', 'a(); b();'],
    ['the end of one and the beginning of another', 'if (a) {\n  b();\n‸} c();', 'if (a) {\n  b();\n} c();'],
    ['a blank line', 'a();\n‸\nb();', 'b();'],
    ['a comment', 'a();\n// note‸\n/* and\n more */\nb();', 'b();'],
    ['a comment at the end of a block', 'if (a) {\n  b();\n  // no‸te\n}\nc();', 'if (a) {\n  b();\n  // note\n}'],
    ['a comment behind the statement', 'a(); // no‸te\nb();', 'a();'],
    ['a hashbang', '#!/usr/bin/env node‸\na();', 'a();'],
    ['nothing after', 'a();\n‸\n// end', ''],
    ['a missing semicolon', 'let a = 1\n‸let b = 2\n', 'let b = 2'],
    ['a mistake elsewhere', 'a();\n‸b();\nlet = = ;\nc()', 'b();'],
    ['CRLF', 'if (a) {\r\n  ‸b(\r\n    1)\r\n}\r\n', 'b(\r\n  1)'],
    ['tabs', 'if (a) {\n\t‸b(\n\t\t1)\n}', 'b(\n\t1)'],
    ['a template that is moved', 'if (a) {\n  ‸b(`\n  x`)\n}', 'b(`\n  x`)'],
  ])('%s', (_, text, expected) => {
    expect(sent(text).code).toBe(expected);
  });

  it.each([
    ['type', 'interface A {\n‸  x: number;\n}\nlet a: A', 'interface A {\n  x: number;\n}'],
    [
      'annotation',
      'function f(a: string): void {\n  ‸const b = a as unknown as Map<string, number>;\n}',
      'const b = a as unknown as Map<string, number>;',
    ],
    ['enum', 'enum E {‸ A, B }\n', 'enum E { A, B }'],
  ])('TypeScript: %s', (_, text, expected) => {
    expect(sent(text, 'typescript').code).toBe(expected);
  });

  it('goes on to the next statement, out of the block at its end', () => {
    expect(sent('if (a) {\n  ‸b();\n\n  // note\n  c();\n}\nd();').nextLine).toBe(4);
    expect(sent('if (a) {\n  b();\n  ‸c();\n}\nd();').nextLine).toBe(4);
    expect(sent('a();\n‸b();').nextLine).toBe(1);
  });

  it('tells where the code begins', () => {
    expect(sent('a();\n\n// note‸\n\nb();').firstLine).toBe(4);
  });
});

describe('codeToRun, something selected', () => {
  it.each([
    ['an expression', 'const x = ⟦a + b⟧ * 2;', 'a + b'],
    ['an object', 'const x = ⟦{ a: 1 }⟧;', '({ a: 1 })'],
    ['a function', 'x = ⟦function () {}⟧;', '(function () {})'],
    ['a function with a name', 'x = ⟦async function f() {}⟧;', '(async function f() {})'],
    ['a class', 'x = ⟦class {}⟧;', '(class {})'],
    ['a private name: the class', 'class A { #x; m() { f(⟦this.#x⟧); } }', 'class A { #x; m() { f(this.#x); } }'],
    ['super: the class', 'class A { m() { f(⟦super.m()⟧); } }', 'class A { m() { f(super.m()); } }'],
    ['yield: the function', 'function* g() { x = ⟦yield 1⟧; }', 'function* g() { x = yield 1; }'],
    ['new.target: the function', 'function F() { x = ⟦new.target⟧; }', 'function F() { x = new.target; }'],
    ['a keyword: the statement', 'x = ⟦await⟧ y;', 'x = await y;'],
    ['part of a name: the statement', 'const ab⟦c⟧d = 1;', 'const abcd = 1;'],
    ['code in a template', 'f(`${⟦a.b⟧}`)', 'a.b'],
    ['text in a template: the statement', 'f(`a ⟦b⟧ c`)', 'f(`a b c`)'],
    ['code in a comment', '// try ⟦f(1)⟧ here', 'f(1)'],
    ['part of a comment that only begins a regular expression: nothing', '/⟦/ n⟧ote\nf();', ''],
    ['one of two statements', 'a(); ⟦b();⟧ c();', 'b();'],
    ['ragged lines: whole statements', 'a(⟦1);\nb(\n2)⟧;\nc();', 'a(1);\nb(\n2);'],
    ['part of a block: whole nested statements', 'if (a) {\n  b⟦();\n  c⟧();\n  d();\n}', 'b();\nc();'],
    ['across a block: the block', 'if (a) {\n  ⟦b();\n}\nc⟧();', 'if (a) {\n  b();\n}\nc();'],
    ['a header and part of its block: the block', '⟦if (a) {\n  b⟧();\n}', 'if (a) {\n  b();\n}'],
    ['white space: as a cursor', 'a();\n⟦  ⟧\nb();', 'b();'],
  ])('%s', (_, text, expected) => {
    expect(sent(text).code).toBe(expected);
  });

  it.each([
    ['let a: A[⟦] | undefined = f(b)⟧;', 'let a: A[] | undefined = f(b);'],
    ['f(⟦a as Map<string⟧, B>);', 'f(a as Map<string, B>);'],
    ['⟦declare⟧ const a: A;', 'declare const a: A;'],
    ['a();\n(b⟦) =⟧ 1;', '(b) = 1;'],
    ['⟦++this⟧.count;', '++this.count;'],
  ])('what is no expression in TypeScript: the statement of %s', (text, statement) => {
    expect(sent(text, 'typescript').code).toBe(statement);
  });

  it.each([
    ['a part of its type', 'const isA = (x: T): ⟦x is⟧ A => !x;'],
    ['its first line', 'const isA = (x: T)⟦: x is⟧ A =>\n  !x;'],
    ['the cursor in its first line', 'const‸ isA = (x: T): x is A =>\n  !x;'],
    ['the cursor in its last line', 'const isA = (x: T): asserts x is A =>\n‸  f(x);'],
  ])('an arrow function that tells a type, of which %s is selected: all of it', (_, text) => {
    const around = `f();\n${text}\ng();`;
    expect(sent(around, 'typescript').code).toBe(text.replace(/[⟦⟧‸]/g, ''));
  });

  it('two comparisons without what they begin with: the statement', () => {
    expect(sent('x = a ⟦< 0 || b > c⟧;', 'typescript').code).toBe('x = a < 0 || b > c;');
  });

  it.each(['readonly', 'keyof', 'infer', 'enum'])('a type that ends with %s: the statement', (word) => {
    expect(sent(`const x = ⟦f() as ${word}⟧ string[];`, 'typescript').code).toBe(`const x = f() as ${word} string[];`);
  });
});

describe('cells', () => {
  const javascript = languageNamed('javascript');
  const source =
    'setup();\n// %% one\na();\n\nconst t = `\n// %% no cell\n`;\n//%% [markdown]\n// text\n// %% two\nb();\n';

  it('begin at comments', () => {
    expect(
      javascript.findCells(source, {}).map(({ startLine, endLine, kind, title }) => [startLine, endLine, kind, title]),
    ).toEqual([
      [0, 0, 'code', ''],
      [1, 6, 'code', 'one'],
      [7, 8, 'markdown', ''],
      [9, 11, 'code', 'two'],
    ]);
  });

  it('begin after a statement that a bracket would go on with', () => {
    for (const text of ['foo()\n// %% b\n(1)', 'const x = 1\n// %%\n[1].map(y)', 'a\n// %% b\n// note\n`x`\n']) {
      const cells = javascript.findCells(text, {});
      expect(cells.map(({ startLine }) => startLine)).toEqual([0, 1]);
      expect(cells.map((cell) => javascript.codeOfCell(text, cell, {}).firstLine)).toEqual([0, 2]);
    }
  });

  it.each(['foo(\n// %%\n[1])', 'a[\n// %%\n1]', 'f(a\n// %%\n[1])', 'x =\n// %%\n1', '{\n// %%\na\n}'])(
    'do not begin within a statement: %j',
    (text) => {
      expect(javascript.findCells(text, {})).toEqual([]);
    },
  );

  it('fold, with regions and what is in brackets', () => {
    const text =
      '// %% a\n//#region b\nf({\n  g() {\n    h();\n  },\n});\n// #endregion\n\n// %% c\nconst t = `\n// region\n`;\n/* d\n */\n\n';
    const folds = javascript.findFolds(text, javascript.findCells(text, {}));
    expect(folds.map(({ startLine, endLine }) => `${startLine}-${endLine}`)).toEqual([
      '1-7',
      '0-7',
      '9-14',
      '2-5',
      '2-5',
      '3-4',
      '10-12',
      '13-14',
    ]);
    expect(folds.filter(({ isRegion }) => isRegion)).toHaveLength(1);
  });

  it('begin with slashes below the last one', () => {
    expect(javascript.newMarker(source, {})).toBe('// %%');
  });

  it('run without their marker', () => {
    expect(javascript.codeOfCell(source, { startLine: 1, endLine: 6 }, {})).toEqual({
      code: 'a();\n\nconst t = `\n// %% no cell\n`;',
      firstLine: 2,
    });
    expect(javascript.codeOfCell(source, { startLine: 7, endLine: 8 }, {}).code).toBe('');
  });
});

describe.each(['javascript', 'javascriptreact', 'typescriptreact'])('codeToRun for JSX in %s', (languageId) => {
  it.each([
    [
      'an element over several lines',
      'const a = (\n  <A b="c">\n‸    d {e}\n  </A>\n);\nf();',
      'const a = (\n  <A b="c">\n    d {e}\n  </A>\n);',
    ],
    ['what follows an element', 'const a = <A/>;\n‸f(a);', 'f(a);'],
    ['a statement of a component', 'function F() {\n  ‸const a = 1;\n  return <i>{a}</i>;\n}', 'const a = 1;'],
    [
      'a fragment',
      "render(\n‸  <>\n    it's <b>text</b>\n  </>,\n);\nf();",
      "render(\n  <>\n    it's <b>text</b>\n  </>,\n);",
    ],
  ])('%s', (_, text, expected) => {
    expect(sent(text, languageId).code).toBe(expected);
  });
});
