import { describe, expect, it } from 'vitest';
import { languageNamed } from './languageNamed.js';

/** Whether the name between ‹ and › is local. */
function isLocal(languageId: string, marked: string): boolean {
  const offset = marked.indexOf('‹');
  const before = marked.slice(0, offset).split('\n');
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  return languageNamed(languageId).isLocalName(marked.replace(/[‹›]/g, ''), position);
}

describe('a local name', () => {
  it.each([
    ['a parameter', 'def f(x, *y, z=1): return ‹y›'],
    ['a parameter where it stands', 'def f(‹x›=1): pass'],
    ['what is assigned, before it is', 'def f():\n  print(‹x›)\n  (w, [x, *y]) = 1, 2'],
    ['what is assigned more than once', 'def f():\n  x = y = z = 1\n  ‹y›'],
    ['what is annotated', 'def f():\n  x: int\n  ‹x›'],
    ['what is counted up', 'def f():\n  ‹x› += 1'],
    ['what a loop sets', 'def f():\n  for i, (j, k) in x: ‹k›'],
    ['what `with` names', 'def f():\n  with a as b, c as d:\n    ‹d›'],
    ['what `except` names', 'def f():\n  try: pass\n  except E as e: ‹e›'],
    ['what is imported', 'def f():\n  from a import b as c, d\n  ‹d›'],
    ['an imported package', 'def f():\n  import a.b\n  ‹a›.b'],
    ['a walrus', 'def f():\n  if (n := 1): ‹n›'],
    ['a function within', 'def f():\n  def g(): pass\n  ‹g›()'],
    ['a capture', 'def f():\n  match x:\n    case [a, *b]: ‹a›'],
    ['of a function further out', 'def f(x):\n  def g():\n    nonlocal x\n    x = 1\n    return ‹x›'],
    ['an attribute of one', 'def f(x): return x.a.‹b›'],
    ["a lambda's", 'g = lambda x, y=1: ‹x›'],
    ["a comprehension's", '[‹x› for x in xs]'],
    ["a class's, in its body", 'class A:\n  x = 1\n  y = ‹x›'],
    ['in an f-string', 'def f(x): return f"{‹x›!r}"'],
    ['the keyword of a call', 'f(1, ‹x›=2)'],
    ['after a mistake', 'def f(x):\n  return (‹x›\n\ndef g(): pass\n'],
  ])('of Python: %s', (_, text) => {
    expect(isLocal('python', text)).toBe(true);
  });

  it.each([
    ['a name of the file', 'x = 1\nprint(‹x›)'],
    ['one that only another function has', 'def g(x): pass\ndef f(): return ‹x›'],
    ['one that a function within has', 'def f():\n  def g(x): pass\n  return ‹x›'],
    ['one that only has an attribute set', 'def f():\n  x.a = x[1] = 2\n  return ‹x›'],
    ['one declared global', 'def f():\n  global x\n  x = 1\n  return ‹x›'],
    ['a default', 'def f(x=‹x›): pass'],
    ['an annotation', 'def f(x: ‹x›): pass'],
    ['what a function is called', 'def ‹f›(): f = 1'],
    ['the value of a keyword', 'f(x=‹x›)'],
    ["a class's, in a method", 'class A:\n  x = 1\n  def f(self): return ‹x›'],
    ['an item of a loop at the top', 'for x in xs: print(‹x›)'],
    ['an attribute of a global', 'def f(b): return a.‹b›'],
    ['what is imported under another name', 'def f():\n  from a import b as c\n  ‹b›'],
  ])('of Python is none: %s', (_, text) => {
    expect(isLocal('python', text)).toBe(false);
  });

  it.each([
    ['a parameter', 'function f(x, { a, b: c, ...d }, [e]) { return ‹c›; }'],
    ['a parameter where it stands', 'const f = (‹x›) => x;'],
    ['what is declared further down', 'function f() { g(‹x›); if (y) { var x = 1; } }'],
    ['of a block', '{ let x = 1; ‹x›; }'],
    ['of a loop', 'for (const x of xs) g(‹x›);'],
    ['what is caught', 'try { f(); } catch (error) { ‹error›; }'],
    ['a function within', 'function f() { function g() {} ‹g›(); }'],
    ["a function expression's own name", '(function f() { ‹f›(); })'],
    ['of a method', 'class A { m(x) { return ‹x›; } }'],
    ['a property of one', 'const f = (x) => x.a.‹b›;'],
    ['no name: a comment', '// ‹x›'],
    ['no name: a string', 'g("‹x›")'],
    ['no name: a key', 'g({ ‹x›: 1 })'],
  ])('of JavaScript: %s', (_, text) => {
    expect(isLocal('javascript', text)).toBe(true);
    expect(isLocal('typescript', text)).toBe(true);
  });

  it.each([
    ['a name of the file', 'const x = 1;\nconsole.log(‹x›);'],
    ['one that only another function has', 'function g(x) {}\nfunction f() { return ‹x›; }'],
    ['one of a block beside it', 'function f() { { let x; } return ‹x›; }'],
    ['a `var` of a block at the top', 'if (a) { var x = 1; ‹x›; }'],
    ['a `var` of a loop at the top', 'for (var x of xs) g(‹x›);'],
    ['what a function is called', 'function ‹f›() {}'],
    ['a property of a global', 'const f = (b) => a.‹b›;'],
    ['in a template', 'const f = (y) => `${‹x›}`;'],
  ])('of JavaScript is none: %s', (_, text) => {
    expect(isLocal('javascript', text)).toBe(false);
    expect(isLocal('typescript', text)).toBe(false);
  });
});

describe('the line that assigns a global variable', () => {
  const lineIn = (languageId: string, text: string, name = 'x'): number | undefined =>
    languageNamed(languageId).assignedLine(text, name);

  it.each([
    ['x = 0\nx = 1\nprint(x)', 1],
    ['a = 1\nb, (c, *x) = 1, (2, 3)', 1],
    ['for x in range(3):\n  pass', 0],
    ['if True:\n  x = (\n    1\n  )', 1],
    ['import a\nimport b as x', 1],
    ['from a import (\n  b,\n  c as x,\n)', 2],
    ['with open(f) as x: pass', 0],
    ['y = (x := 3)', 0],
    ['x: int = 3', 0],
    ['a = 1\nx += 1', 1],
    ['@decorated\ndef x(): pass', 1],
    ['class x: pass', 0],
    ['def f():\n  global x\n  x = 1', 2],
  ])('of Python: %j', (text, line) => {
    expect(lineIn('python', text)).toBe(line);
  });

  it.each([
    'print(x)',
    'x.a = 1',
    'x[0] = 1',
    'def f():\n  x = 1',
    'def f(x): pass',
    'f(x=1)',
    '[x for x in y]',
    "'x = 1'  # x = 1",
    'class A:\n  x = 1',
  ])('of Python is none in %j', (text) => {
    expect(lineIn('python', text)).toBeUndefined();
  });

  it.each([
    ['let x = 0;\nx = 1;\nf(x)', 1],
    ['const a = 1;\nconst { b: [x] } = o;', 1],
    ['x += 1', 0],
    ['f();\n++x', 1],
    ['x--', 0],
    ['[y, x] = [1, 2]', 0],
    ['for (x of y) f();', 0],
    ['function x() {}', 0],
    ['class x {}', 0],
    ['import { y as x } from "y"', 0],
    ['function f() { x = 1 }', 0],
    ['if (true) { var x = 1 }', 0],
  ])('of JavaScript: %j', (text, line) => {
    expect(lineIn('javascript', text)).toBe(line);
  });

  it.each([
    'f(x)',
    'x.a = 1',
    '-x',
    'const x1 = x',
    'function f() { let x = 1; x = 2 }',
    '{ const x = 1 }',
    '// x = 1',
  ])('of JavaScript is none in %j', (text) => {
    expect(lineIn('javascript', text)).toBeUndefined();
  });
});
