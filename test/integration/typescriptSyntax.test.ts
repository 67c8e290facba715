import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession, type Outcome, registerEvaluator } from '../../src/library.js';
import { createJavaScriptEvaluator } from '../../src/evaluators/javascript/javascriptEvaluator.js';

const root = path.join(import.meta.dirname, '../..');
const compiler = path.join(root, 'node_modules/typescript');
const files: Readonly<Record<string, string>> = {
  'decorated.ts':
    'const same = (value: any, context: any): any => value;\n@same\nexport class A { @same m(): number { return 1; } }',
  'spaces.ts': 'export namespace Units { export const metre: number = 1; }',
  'names.cts': 'module.exports = { one: 1, // the first\n  "two": [2, 2], three() { return 3; } };',
  'exported.cts':
    'export { only as renamed } from "./deep.cjs";\nexport * from "./deep.cjs";\nexport const own: number = 1;',
  'deep.cts': 'export const only = 5;\nexport enum Kind { First }',
  'whole.ts': 'import fs = require("node:fs");\nexport = { found: fs.existsSync("/"), two: 2 };',
  'uses.mts':
    'import { one, two } from "./names.cjs";\nimport { found } from "./whole.ts";\nexport const all = [one, two, found];',
};

let folder: string;
const open: ExtSession[] = [];
async function start(name: string, evaluator = 'javascript'): Promise<(source: string) => Promise<Outcome>> {
  const cwd = path.join(folder, name);
  const session = await ExtSession.start({ evaluator, cwd });
  open.push(session);
  return (source) =>
    session
      .execute(source, { filename: path.join(cwd, 'main.ts'), language: 'typescript' })
      .wait({ timeoutMs: 30_000 });
}

async function valueOf(outcome: Promise<Outcome>): Promise<unknown> {
  const ended = await outcome;
  return ended.status === 'ok' ? ended.result?.['text/plain'] : ended;
}

async function lineOf(outcome: Promise<Outcome>): Promise<unknown> {
  const ended = await outcome;
  return ended.status === 'error' ? ended.error.frames.at(-1)?.line : ended;
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'extsession-syntax-'));
  for (const name of ['project', 'older', 'bare']) {
    mkdirSync(path.join(folder, name));
    for (const [file, source] of Object.entries(files)) writeFileSync(path.join(folder, name, file), source);
  }
  for (const name of ['project', 'older']) {
    mkdirSync(path.join(folder, name, 'node_modules'));
    symlinkSync(compiler, path.join(folder, name, 'node_modules/typescript'));
  }
  const options = { compilerOptions: { experimentalDecorators: true, emitDecoratorMetadata: true } };
  writeFileSync(path.join(folder, 'older/tsconfig.json'), JSON.stringify(options));
});
afterAll(async () => {
  await Promise.all(open.map((session) => session.exit()));
  rmSync(folder, { recursive: true });
});

describe("With the project's own compiler, TypeScript that is more than types runs", () => {
  let run: (source: string) => Promise<Outcome>;
  beforeAll(async () => {
    run = await start('project');
  });

  test.each([
    [
      'decorators of classes, methods, fields and accessors',
      'const seen: string[] = [];\nfunction note(_: any, { kind, name }: any) { seen.push(`${kind} ${name}`); }\n@note\nclass A {\n  @note m() {}\n  @note f = 1;\n  @note accessor a = 2;\n}\nseen.join()',
      "'method m,accessor a,field f,class A'",
    ],
    ['accessors', 'class B { accessor v = 1; static accessor w = 2 }\n[new B().v, B.w]', '[ 1, 2 ]'],
    [
      'decorators of parameters',
      'const p = (n: number) => (...all: any[]) => {};\nclass C { constructor(@p(1) readonly x: number) {} }\nnew C(4).x',
      '4',
    ],
    ['namespaces', 'namespace N {\n  export const v: number = 1;\n  export function f() { return v; }\n}\nN.f()', '1'],
    ['namespaces in namespaces', 'namespace O.P { export const z = 2 }\nimport Q = O.P;\nQ.z', '2'],
    ['namespaces of classes', 'class R {} namespace R { export const extra = 3 }\nR.extra', '3'],
    ['namespaces that only do something', 'let done = 0;\nnamespace S { done = 4 }\ndone', '4'],
    ['waits beside them', 'namespace T { export const v = Promise.resolve(5) }\nawait T.v', '5'],
    ['modules with decorators', 'import { A as Imported } from "./decorated"; new Imported().m()', '1'],
    ['modules with namespaces', 'require("./spaces").Units.metre', '1'],
  ])('%s', async (_, source, value) => {
    expect(await valueOf(run(source))).toBe(value);
  });

  test('and its variables are those of the source, without a value where the source has none', async () => {
    expect(await valueOf(run('@((c: any) => c) class Plain {}'))).toBeUndefined();
    expect(await valueOf(run('Object.keys(globalThis).filter((name) => name.startsWith("__"))'))).toBe('[]');
  });

  test('and errors are on their lines, also after texts of several lines', async () => {
    const source = [
      '@((c: any) => c)',
      'class L {',
      '  @((v: any, c: any) => v)',
      '  a() {',
      '    return `one',
      'two`;',
      '  }',
      '',
      '  // a comment',
      '  @((v: any, c: any) => v) b(',
      '    n: number,',
      '  ) {',
      '    throw new Error(String(n));',
      '  }',
      '}',
      '',
      'new L().b(1);',
    ];
    const outcome = await run(source.join('\n'));
    expect(outcome.status === 'error' && outcome.error.frames.map(({ line }) => line)).toEqual([17, 13]);
  });

  test('and errors of the syntax lead to their lines', async () => {
    const outcome = await run('@((c: any) => c)\nclass M {\n  constructor(@((c: any) => c) x: ) {}\n}');
    expect(outcome.status === 'error' && outcome.error).toMatchObject({
      name: 'SyntaxError',
      message: 'Type expected.',
    });
    expect(await lineOf(Promise.resolve(outcome))).toBe(3);
  });
});

test('The older decorators run where tsconfig.json asks for them, with their metadata', async () => {
  const run = await start('older');
  const source = [
    'const types: unknown[] = [];',
    '(Reflect as any).metadata = (key: string, value: unknown) => () => { types.push(key); };',
    'function old(target: any, key?: string, descriptor?: PropertyDescriptor) { types.push(key ?? target.name); }',
    '@old',
    'class A {',
    '  @old m(n: number): string { return ""; }',
    '}',
    'types.join()',
  ];
  expect(await valueOf(run(source.join('\n')))).toBe("'design:returntype,design:paramtypes,design:type,m,A'");
  expect(await lineOf(run('class B {\n  @old\n  m() {\n    throw new Error();\n  }\n}\nnew B().m()'))).toBe(4);
});

describe('Without a compiler', () => {
  test.each([
    ['@((c: any) => c)\nclass A {}', 'A decorator'],
    ['namespace N { export const v = 1 }', 'The namespace N'],
    ['await import("./decorated.ts")', 'A decorator'],
    ['require("./spaces")', 'The namespace Units'],
  ])('%s says what to install', async (source, what) => {
    const outcome = await (await start('bare'))(source);
    expect(outcome.status === 'error' && outcome.error.message).toBe(
      `${what} needs the TypeScript compiler. Install it for your project (npm install --save-dev typescript), then run this again.`,
    );
  });

  test('of its own, a project gets the one that the evaluator is given', async () => {
    const evaluator = createJavaScriptEvaluator(
      path.join(root, 'src/evaluators/javascript'),
      `${compiler}/lib/typescript.js`,
    );
    registerEvaluator({ ...evaluator, language: 'javascript with a compiler' });
    const run = await start('bare', 'javascript with a compiler');
    expect(await valueOf(run('namespace N { export const v = 1 }\nN.v'))).toBe('1');
    expect(await valueOf(run('(await import("./spaces")).Units.metre'))).toBe('1');
    expect(await valueOf(run('"EXTSESSION_TYPESCRIPT" in process.env'))).toBe('false');
  });

  test('what looks like a decorator runs', async () => {
    const run = await start('bare');
    expect(
      await valueOf(run('// @ts-ignore\nconst at: string = "a@b.c", accessor = `@${at}`; /@a/.test(accessor)')),
    ).toBe('true');
    expect(
      await valueOf(run('namespace T { export interface X { a(): void } }\ndeclare namespace U { const v: 1 }\n6')),
    ).toBe('6');
  });
});

describe('Files of CommonJS export their names', () => {
  test.each([
    ['import { one, two, three } from "./names.cjs"; [one, two, three()]', '[ 1, [ 2, 2 ], 3 ]'],
    ['import { own, renamed, Kind } from "./exported.cjs"; [own, renamed, Kind.First]', '[ 1, 5, 0 ]'],
    ['import { found as there } from "./whole"; there', 'true'],
    ['(await import("./uses.mjs")).all', '[ 1, [ 2, 2 ], true ]'],
    ['require("./names.cjs") === (await import("./names.cjs")).default', 'true'],
  ])('%s', async (source, value) => {
    expect(await valueOf((await start('bare'))(source))).toBe(value);
  });
});
