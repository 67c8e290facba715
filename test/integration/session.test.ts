import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Session } from '../../src/library.js';
import { inRoot } from '../support/project.mjs';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'session-'));
  vi.stubEnv('TMPDIR', directory);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

const inDirectory = (name: string): string => path.join(directory, name);
const read = (file: string): string => readFileSync(file, 'utf8');

async function executed(session: Session, source: string): Promise<string[]> {
  const { stdout, stderr, done } = await session.execute(source);
  return [stdout, stderr, done].map(read);
}

test('runs JavaScript in this process, output into fresh temporary files, then the code DONE', async () => {
  const session = new Session();
  expect(await executed(session, 'console.log("a", [1]); console.error("b")')).toEqual(['a [ 1 ]\n', 'b\n', 'DONE']);
  const { stdout, stderr, done } = await session.execute('');
  expect([stdout, stderr, done].every((file) => file.startsWith(directory))).toBe(true);
});

test('keeps variables from one execution to the next, apart from those of other sessions and of the program', async () => {
  const session = new Session();
  await session.execute('const a = 1; let b = 2; function f() { return a + b }; class C {}; globalThis.inside = 1');
  expect(await executed(session, 'console.log(f(), typeof C)')).toEqual(['3 function\n', '', 'DONE']);
  expect(await executed(new Session(), 'console.log(typeof f, typeof process, typeof require)')).toEqual([
    'undefined undefined undefined\n',
    '',
    'DONE',
  ]);
  expect('inside' in globalThis).toBe(false);
});

test.each([
  ['declarations can be repeated', ['const a = 1; class C {}', 'const a = 2; class C {}; console.log(a)'], '2\n'],
  ['a top-level await', ['const b = await Promise.resolve(3); console.log(b)', 'console.log(b + 1)'], '4\n'],
  ['functions that were declared beside a wait', ['await 0; function f() { return 5 }', 'console.log(f())'], '5\n'],
  ['an import', ['import { sep } from "node:path"', 'console.log(typeof sep)'], 'string\n'],
  ['types', ['const n: number = 6', 'console.log(n)'], '6\n'],
])('runs sources as the commands of a session: %s', async (_what, [first = '', second = ''], printed) => {
  const session = new Session();
  await session.execute(first);
  expect(await executed(session, second)).toEqual([printed, '', 'DONE']);
});

test('shows the stack of an error as far as it is the source’s own', async () => {
  const [stdout] = await executed(new Session(), 'const f = () => new Error("no")\nawait 0; console.log(f().stack)');
  expect(stdout).toMatch(/^Error: no\n {4}at f \(<execution \d+>:1:17\)\n {4}at .*<execution \d+>:2:/);
  expect(stdout).not.toMatch(/inProcess|session|node:/);
});

test('writes to the files that it is given, emptied first', async () => {
  const files = { stdout: inDirectory('o'), stderr: inDirectory('e'), done: inDirectory('d') };
  for (const file of Object.values(files)) writeFileSync(file, 'old');
  let doneMeanwhile = '';
  const session = new Session({ globals: { look: () => (doneMeanwhile = read(files.done)) } });
  expect(await session.execute('look(); console.log("new")', files)).toEqual(files);
  expect(Object.values(files).map(read)).toEqual(['new\n', '', 'DONE']);
  expect(doneMeanwhile).toBe('');
});

test('takes one file for both streams', async () => {
  const both = inDirectory('both');
  await new Session().execute('console.log(1); console.error(2); console.log(3)', { stdout: both, stderr: both });
  expect(read(both)).toBe('1\n2\n3\n');
});

test('waits for a promise, and keeps executions at the same time apart', async () => {
  const session = new Session();
  const wait = (name: string, ms: number): string =>
    `(async () => { await new Promise((done) => setTimeout(done, ${String(ms)})); console.log('${name}') })()`;
  const all = await Promise.all([executed(session, wait('slow', 40)), executed(session, wait('quick', 5))]);
  expect(all.map(([stdout]) => stdout)).toEqual(['slow\n', 'quick\n']);
});

test('appends late output to the files of the execution that caused it', async () => {
  const session = new Session();
  const first = await session.execute('setTimeout(() => console.log("late"), 20)');
  expect(await executed(session, 'console.log("now")')).toEqual(['now\n', '', 'DONE']);
  await expect.poll(() => read(first.stdout)).toBe('late\n');
});

test.each([
  ['a throw', 'console.log(1)\nthrow new TypeError("bad")', /^Uncaught TypeError: bad\n {4}at <execution \d+>:2:7\n$/],
  [
    'a rejection',
    '(async () => { throw new Error("later") })()',
    /^Uncaught Error: later\n {4}at <execution \d+>:1:22\n {4}at <execution \d+>:1:43\n$/,
  ],
  ['a syntax error', 'let = ;', /^Uncaught <execution \d+>:1\nlet = ;\n {6}\^\n\nSyntaxError: [^\n]+\n$/],
  ['something that is no error', 'throw { code: 7 }', /^Uncaught \{ code: 7 \}\n$/],
  ['an object that fights', 'throw new Proxy({}, { get() { throw 1 }, ownKeys() { throw 2 } })', /^Uncaught /],
])('shows %s in the stderr file, without frames of its own', async (_what, source, shown) => {
  const [, stderr, done] = await executed(new Session(), source);
  expect(stderr).toMatch(shown);
  expect(stderr).not.toMatch(/node:vm|session\.ts/);
  expect(done).toBe('DONE');
});

test('rejects when a file can not be written', async () => {
  await expect(new Session().execute('1', { stdout: inDirectory('no/such/folder') })).rejects.toThrow('ENOENT');
});

test('rejects when output could not be written, and goes on writing what can be', async () => {
  const folder = inDirectory('folder');
  mkdirSync(folder);
  const files = { stdout: path.join(folder, 'o'), stderr: inDirectory('e'), done: inDirectory('d') };
  const remove = (): void => {
    rmSync(folder, { recursive: true });
  };
  const session = new Session({ globals: { remove } });
  const execution = session.execute('remove(); console.log("lost"); console.error("kept")', files);
  await expect(execution).rejects.toThrow('ENOENT');
  expect([read(files.stderr), existsSync(files.done)]).toEqual(['kept\n', false]);
  expect(await executed(session, 'console.log("next")')).toEqual(['next\n', '', 'DONE']);
});

test('drops late output whose files are gone, and that of nobody else', async () => {
  const session = new Session();
  const { stdout } = await session.execute('setTimeout(() => { console.log("lost"); globalThis.fired = true }, 20)');
  rmSync(path.dirname(stdout), { recursive: true });
  const wait = '(async () => { while (!globalThis.fired) await new Promise(setImmediate); console.log("kept") })()';
  expect(await executed(session, wait)).toEqual(['kept\n', '', 'DONE']);
});

test('brings no warning of Node’s into a program whose sources import nothing', () => {
  const library = JSON.stringify(inRoot('dist/engine/index.js'));
  const program = `const { Session } = await import(${library}); await new Session().execute('console.log(1)')`;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(stderr).toBe('');
});
