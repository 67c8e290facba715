import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession, type Outcome } from '../../src/library.js';

const files: Readonly<Record<string, string>> = {
  'typed.ts': [
    'export interface Point { readonly x: number }',
    'export enum Kind { One = 1 }',
    'export class Box { constructor(readonly inside: number) {} }',
    'export const x = (point: Point): number => point.x;',
  ].join('\n'),
  'uses.ts': 'import { Point, x } from "./typed";\nexport const four: number = x({ x: 4 } satisfies Point);',
  'lib/index.ts': 'export const where: string = "lib";',
  'lib/deep.ts': 'import { where } from ".";\nexport const deep = `deep in ${where}`;',
  'old.cts': 'const n: number = 3;\nmodule.exports = { n };',
  'required.ts': 'const { x } = require("./typed") as typeof import("./typed");\nmodule.exports = { n: x({ x: 5 }) };',
  'view.tsx': 'import React from "./react.js";\nexport const view = (name: string) => <b>{name}</b>;',
  'react.ts': 'export default { createElement: (...all: unknown[]) => all.join(" ") };',
  'both.js': 'exports.from = "js";',
  'both.ts': 'export const from = "ts";',
  'tsconfig.json': '{ "compilerOptions": { /* short */ "baseUrl": ".", "paths": { "@lib/*": ["lib/*"] } } }',
  'aliased.ts': 'import { deep } from "@lib/deep";\nexport const twice = [deep, deep].length;',
  'data.json': '{ "a": [1] }',
  'bad.ts': 'export const a = 1;\n\nlet b: = 5;',
  'boom.ts': 'interface Unused {}\n\nexport function boom(): never {\n  throw new Error("boom");\n}',
};

let folder: string;
let session: ExtSession;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'extsession-typed-'));
  mkdirSync(path.join(folder, 'lib'));
  for (const [name, source] of Object.entries(files)) writeFileSync(path.join(folder, name), source);
  session = await ExtSession.start({ evaluator: 'javascript', cwd: folder, reload: [folder] });
});
afterAll(async () => {
  await session.exit();
  rmSync(folder, { recursive: true });
});

function run(source: string): Promise<Outcome> {
  return session.execute(source, { filename: path.join(folder, 'main.ts') }).wait({ timeoutMs: 30_000 });
}

async function shown(source: string): Promise<unknown> {
  const outcome = await run(source);
  return outcome.status === 'ok' ? outcome.result?.['text/plain'] : outcome;
}

describe('Files of TypeScript are found and loaded as its compilers do', () => {
  test.each([
    [
      'by their names',
      'import { x, Kind, Box } from "./typed.ts"; [x({ x: 1 }), Kind.One, new Box(7).inside]',
      '[ 1, 1, 7 ]',
    ],
    ['without an extension', 'import { x as second } from "./typed"; second({ x: 2 })', '2'],
    ['by the name of the JavaScript that they become', 'import { x as third } from "./typed.js"; third({ x: 3 })', '3'],
    ['from one another, where an interface is left out', '(await import("./uses")).four', '4'],
    ['as the index of a folder', '(await import("./lib")).where', "'lib'"],
    ['from the folder of an index', '(await import("./lib/deep")).deep', "'deep in lib'"],
    ['as CommonJS', '(await import("./old.cjs")).default', '{ n: 3 }'],
    ['when they are required', '[require("./typed").x({ x: 6 }), require("./old.cjs").n]', '[ 6, 3 ]'],
    ['when a file that is imported requires them', '(await import("./required")).default', '{ n: 5 }'],
    ['with JSX', '(await import("./view")).view("name")', "'b  name'"],
    ['by an alias of the project', 'import { deep as shallow } from "@lib/deep"; shallow', "'deep in lib'"],
    ['by an alias in a module', '(await import("./aliased")).twice', '2'],
    ['by an alias that is required', 'require("@lib/deep").deep', "'deep in lib'"],
    ['from the base of the project', '(await import("lib/index")).where', "'lib'"],
    ['and so is JSON', 'import data from "./data.json"; data', '{ a: [ 1 ] }'],
    ['and so is JSON that says so', 'import same from "./data.json" with { type: "json" }; same', '{ a: [ 1 ] }'],
    ['after the JavaScript that has the name', '(await import("./both.js")).from', "'js'"],
  ])('%s', async (_, source, value) => {
    expect(await shown(source)).toBe(value);
  });

  test('by commands of a file that nobody has saved', async () => {
    const outcome = await session
      .execute('import { four } from "./uses"; four', { filename: 'untitled:Untitled-1', language: 'typescript' })
      .wait({ timeoutMs: 30_000 });
    expect(outcome).toMatchObject({ status: 'ok', result: { 'text/plain': '4' } });
  });

  test('anew when they have changed', async () => {
    const file = path.join(folder, 'changes.ts');
    writeFileSync(file, 'export const n: number = 1;');
    expect(await shown('(await import("./changes")).n')).toBe('1');
    writeFileSync(file, 'export const n: number = 1 + 1;');
    expect(await shown('(await import("./changes")).n')).toBe('2');
  });
});

describe('An error of a file of TypeScript', () => {
  test.each(['await import("./bad")', 'require("./bad")'])('in its syntax leads to its line: %s', async (source) => {
    const outcome = await run(source);
    const error = outcome.status === 'error' ? outcome.error : undefined;
    expect(error).toMatchObject({ name: 'SyntaxError', message: 'Unexpected token' });
    expect(error?.traceback).toContain(`${path.join(folder, 'bad.ts')}:3:`);
  });

  test.each(['(await import("./boom")).boom()', 'require("./boom").boom()'])('has its lines: %s', async (source) => {
    const outcome = await run(source);
    const error = outcome.status === 'error' ? outcome.error : undefined;
    expect(error?.traceback).toContain('boom.ts:4:');
  });

  test('is that of Node.js when there is no such file', async () => {
    const outcome = await run('import "./nothing"');
    expect(outcome.status === 'error' ? outcome.error.message : outcome).toContain('Cannot find module');
  });
});
