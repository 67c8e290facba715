import fc from 'fast-check';

const variableNames = ['a', 'b', 'c'];
const name = fc.constantFrom(...variableNames);
const noise = fc.constantFrom('', '\n', '# note\n', '\n# %%\n\n');

interface Grammar {
  readonly simple: fc.Arbitrary<string>;
  /** Makes a compound statement of blocks whose lines are not indented yet. */
  readonly compounds: readonly ((first: string, second: string) => string)[];
}

/** Programs that end, whose statements change the values of a few names in a way that shows their order. */
function program({ simple, compounds }: Grammar, prelude: string, comment: string): fc.Arbitrary<string> {
  const { block } = fc.letrec<{ block: string; statement: string }>((tie) => ({
    statement: fc.oneof(
      { depthSize: 'small', maxDepth: 3, withCrossShrink: true },
      simple,
      fc
        .tuple(fc.constantFrom(...compounds), tie('block'), tie('block'))
        .map(([compound, first, second]) => compound(first, second)),
    ),
    block: fc
      .array(fc.tuple(noise, tie('statement')), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.map(([before, statement]) => before.replaceAll('#', comment) + statement).join('\n')),
  }));
  return fc
    .tuple(fc.array(block, { minLength: 1, maxLength: 3 }), fc.constantFrom('\n', '\r\n'))
    .map(([blocks, lineBreak]) => `${[prelude, ...blocks].join('\n\n')}\n`.replaceAll('\n', lineBreak));
}

const indented = (block: string) => block.replace(/^(?=.*\S)/gm, '    ');

export const pythonProgram = program(
  {
    simple: fc.oneof(
      fc.tuple(name, name).map(([to, from]) => `${to} = (${from} * 3 +\n  len(log)) % 97`),
      name.map((to) => `log.append(${to}); ${to} += 1`),
      name.map((to) => `${to} += len("""x\n# %%\n  y""")`),
      name.map((to) => `${to} = ${to} \\\n  + 1`),
    ),
    compounds: [
      (first, second) => `if a % 2:\n${indented(first)}\nelif b % 2: log.append("b")\nelse:\n${indented(second)}`,
      (first, second) => `for i in range(2):\n${indented(first)}\n    if i: break\nelse:\n${indented(second)}`,
      (first, second) => `try:\n${indented(first)}\n    [][a]\nexcept (IndexError,\n  KeyError):\n${indented(second)}`,
      (first) => `def f():\n    global a, b, c\n${indented(first)}\n    return a\n\nlog.append(f())`,
      (first) =>
        `@(lambda kind:\n  kind)\nclass K:\n    x = 1\n    def m(self):\n        global a, b, c\n${indented(indented(first))}\nK().m()`,
    ],
  },
  'log = []; a = b = c = 1',
  '#',
);

const javascript: Grammar = {
  simple: fc.oneof(
    fc.tuple(name, name).map(([to, from]) => `${to} = (${from} * 3 +\n  log.length) % 97;`),
    name.map((to) => `log.push(${to}); ${to} += 1;`),
    name.map((to) => `${to} += \`x\n// %%\n  \${${to}}\`.length;`),
  ),
  compounds: [
    (first, second) =>
      `if (a % 2) {\n${indented(first)}\n} else if (b % 2) log.push("b");\nelse {\n${indented(second)}\n}`,
    (first) => `for (let i = 0; i < 2; i++) {\n${indented(first)}\n    if (i) break;\n}`,
    (first, second) => `try {\n${indented(first)}\n    null.x;\n}\ncatch {\n${indented(second)}\n}`,
    (first) => `var f = function () {\n${indented(first)}\n    return a;\n};\nlog.push(f());`,
    (first, second) =>
      `switch (a % 2) {\n  case 0:\n${indented(first)}\n    break;\n  default: {\n${indented(second)}\n  }\n}`,
    (first) => `[1, 2].forEach((x) => {\n${indented(first)}\n});`,
  ],
};

export const javascriptProgram = program(javascript, 'var log = [], a = 1, b = 1, c = 1;', '//');

/** With all that can be declared at the top. */
export const declaringJavaScriptProgram = program(
  {
    ...javascript,
    simple: fc.oneof(
      javascript.simple,
      fc.tuple(name, name).map(([to, from]) => `[${to}, { value: ${from} }] = [twice(${from}) % 89, new Kept(${to})];`),
    ),
  },
  `const log = [];
let a = 1, b = 1,
  c = 1;
const { length: none } = log;

/** Twice. */
function twice(x) {
  return 2 * x;
}

class Kept {
  constructor(value) {
    this.value = value;
  }
}

log.push(await twice(a));
`,
  '//',
);
