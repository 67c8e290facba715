import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { pathOfUri } from '../../src/protocol/documentPath.js';
import { InspectorClient } from '../support/inspectorClient.js';

let session: ExtSession;
let folder: string;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'breakpoints-'));
  file = path.join(folder, 'program.ts'); // all commands are of this file, as if it was edited in between
  session = await ExtSession.start({ evaluator: 'javascript', cwd: folder });
});
afterAll(async () => {
  await session.exit();
  rmSync(folder, { recursive: true });
});

/** Runs code to its end; where it has stopped on the way. */
async function stopsOf(
  source: string,
  lines: readonly number[],
  { firstLine = 1, filename = file, of = '', condition = '' } = {},
): Promise<string[]> {
  const client = new InspectorClient();
  const results = session.execute(source, { filename, firstLine, debugger: await client.place() });
  await client.begin(of || filename, lines, condition);
  const ended = results.wait();
  const stops: string[] = [];
  for (;;) {
    // The connection ends with the command.
    const stop = await Promise.race([client.stop().catch(() => ended), ended]);
    if (!('at' in stop)) break;
    stops.push(stop.at[0]?.replace(/^(.*)@.*:/, '$1:') ?? '');
    await client.request('Debugger.resume');
  }
  expect(await ended).toMatchObject({ status: 'ok' });
  return stops;
}

test.each<readonly [string, string, readonly number[], readonly string[]]>([
  ['the first line', 'const a = 1;\na', [1], [':1']],
  ['what follows a call of several lines', 'const b = Math.max(\n  1,\n  2,\n);\nb', [5], [':5']],
  ['an arrow function', 'const f = (x: number) =>\n  x + 1;\n[1, 2].map(f)', [2], ['f:2', 'f:2']],
  ['a method', 'class A {\n  m(): number {\n    return 2;\n  }\n}\nnew A().m()', [3], ['m:3']],
  ['a generator', 'function* g() {\n  yield 1;\n  yield 2;\n}\n[...g()]', [3], ['g:3']],
  [
    'a function of a command that waits',
    'const sleep = (n: number) => new Promise((r) => setTimeout(r, n));\nasync function w(n: number) {\n  await sleep(1);\n  return n;\n}\nawait Promise.all([w(1), w(2)])',
    [4],
    ['w:4', 'w:4'],
  ],
  [
    'what stands before, between and behind functions of a command that waits',
    '"use strict";\nawait 1;\nfunction one() {\n  return 1;\n}\nconst c = one();\nfunction two() {\n  return 2;\n}\n(two)();\nawait 3;',
    [2, 4, 6, 8, 11],
    [':2', ':6', 'one:4', 'two:8', ':11'],
  ],
  [
    'a loop that waits',
    'async function* ag() {\n  yield 1;\n}\nfor await (const i of ag()) {\n  const j = i;\n}',
    [2, 5],
    ['ag:2', ':5'],
  ],
  [
    'handlers',
    'try {\n  throw 1;\n} catch (e) {\n  const k = 1;\n} finally {\n  const l = 2;\n}',
    [4, 6],
    [':4', ':6'],
  ],
  [
    'a continued loop',
    'o: for (const a of [1, 2]) {\n  for (const b of [1]) {\n    continue o;\n  }\n}',
    [3],
    [':3', ':3'],
  ],
  [
    'what shows the value',
    'class I {\n  [Symbol.for("nodejs.util.inspect.custom")]() {\n    return "i";\n  }\n}\nnew I()',
    [3],
    ['[nodejs.util.inspect.custom]:3'],
  ],
  ['text beyond ASCII', '// é ✓ 😀\nconst s = "😀"; const t = s;', [2], [':2']],
  ['lines that end as on Windows', 'const c1 = 1;\r\nconst c2 = 2;', [2], [':2']],
  ['a timer', 'await new Promise<void>((r) => setTimeout(() => {\n  r();\n}, 1));', [2], [':2']],
])('a breakpoint is hit in %s', async (_what, source, lines, stops) => {
  expect(await stopsOf(source, lines)).toEqual(stops);
});

test('breakpoints are those that are set now when the same code runs again', async () => {
  const source = 'for (let i = 0; i < 3; i++) {\n  const j = i;\n}';
  expect(await stopsOf(source, [2])).toEqual([':2', ':2', ':2']);
  expect(await stopsOf(source, [2], { condition: 'i === 1' })).toEqual([':2']);
  expect(await stopsOf(source, [])).toEqual([]);
});

test('a breakpoint stays in its line when the code of other lines stood there before', async () => {
  const filename = path.join(folder, 'edited.ts');
  const lines = ['var step = 1;', 'step = 2;', 'step = 3;', 'step = 4;', 'step = 5;'];
  expect(await stopsOf(lines.join('\n'), [3], { filename })).toEqual([':3']);
  expect(await stopsOf(['// new', ...lines].join('\n'), [3], { filename })).toEqual([':3']);
  expect(await stopsOf(lines.slice(1).join('\n'), [3], { filename })).toEqual([':3']);
});

test('breakpoints are hit in documents without a file, which have the same address wherever the session is', async () => {
  const filename = 'untitled:Breakpoint ✓-1';
  const source = 'function inDocument(n: number): number {\n  return n;\n}\nprocess.chdir("/");\ninDocument(1)';
  const of = pathToFileURL(pathOfUri(filename) ?? '').pathname;
  for (const _ of ['the folder of the session', '/'])
    expect(await stopsOf(source, [2, 5], { filename, of })).toEqual([':5', 'inDocument:2']);
  expect(await stopsOf('inDocument(2)', [2], { of })).toEqual(['inDocument:2']);
  await session.execute(`process.chdir(${JSON.stringify(folder)})`).wait();
});

test('breakpoints are hit in functions of earlier commands, and in one of two modules that have the same name', async () => {
  await session.execute('function earlier() {\n  return 1;\n}', { filename: file, firstLine: 50 }).wait();
  expect(await stopsOf('earlier()', [51], { firstLine: 60 })).toEqual(['earlier:51']);
  for (const each of ['one', 'two']) {
    mkdirSync(path.join(folder, each));
    writeFileSync(path.join(folder, each, 'same.ts'), `export function h(): string {\n  return '${each}';\n}\n`);
  }
  const source = 'import * as one from "./one/same.ts"; import * as two from "./two/same.ts";\none.h() + two.h()';
  expect(await stopsOf(source, [2], { of: path.join(folder, 'two', 'same.ts') })).toEqual(['h:2']);
});
