import fc from 'fast-check';

const expressions = [
  '1',
  'x',
  '"a # b"',
  "f'{x!r:>{y}}'",
  'f(x,\n  y)',
  '"""two\n  lines"""',
  '[1,\n# note\n2]',
  'a \\\n  + b',
  'ß',
  'lambda z: z',
];
const simpleStatements = [
  'x = 1',
  'pass',
  'import os',
  'x: int = 2; y = 3',
  'del x',
  'assert x, "no"',
  'print(x)',
  'raise E from x',
];
const noiseLines = ['', '  ', '# note', '        # note', '\f'];

const simple = fc.oneof(
  fc.constantFrom(...simpleStatements),
  fc.constantFrom(...expressions),
  fc.constantFrom(...expressions).map((expression) => `value = ${expression}`),
);

/** Moves a block right; text in strings moves too, which changes its value but not whether it parses. */
const indented = (block: string, by: string) => block.replace(/^(?=.*\S)/gm, by);

const { block } = fc.letrec<{ block: string; statement: string }>((tie) => {
  const suite = fc.tuple(tie('block'), fc.constantFrom('    ', '  ', '\t')).map(([code, by]) => indented(code, by));
  const compound = fc.oneof(
    fc.tuple(suite, suite).map(([a, b]) => `if x:\n${a}\nelif (y and\n  z):\n${b}\nelse: pass`),
    suite.map((a) =>
      `for x in y:\n${a}\n\n    # leave\n    break\nelse:\n    pass`.replace(
        /^ {4}(?=# leave|break)/gm,
        /^[ \t]+/.exec(a)?.[0] ?? '    ',
      ),
    ),
    fc.tuple(suite, suite).map(([a, b]) => `try:\n${a}\nexcept (A, B) as e:\n${b}\nfinally:\n${a}`),
    suite.map(
      (a) => `@decorate(\n  1)\ndef f(a, *,\n      b=1) -> int:\n${a}\n${/^[ \t]+/.exec(a)?.[0] ?? '    '}return a`,
    ),
    suite.map((a) => `class A(B):\n${a}`),
    suite.map((a) => `with a as b, c: # note\n${a}`),
    suite.map((a) => `async def g():\n${a}`),
    suite.map((a) => `while x: y = 1\nif x:\n${a}`),
  );
  return {
    statement: fc.oneof({ depthSize: 'small', withCrossShrink: true }, simple, compound),
    block: fc
      .array(fc.tuple(tie('statement'), fc.constantFrom(...noiseLines)), { minLength: 1, maxLength: 4 })
      .map((parts) =>
        parts.map(([statement, noise]) => (noise === '' ? statement : `${statement}\n${noise}`)).join('\n'),
      ),
  };
});

/** Python sources that parse. */
export const pythonSource = fc
  .tuple(block, fc.constantFrom('\n', '\r\n'))
  .map(([code, lineBreak]) => `${code}\n`.replaceAll('\n', lineBreak));
