import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';

let folder: string;
let session: ExtSession;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'extsession-reload-'));
  session = await ExtSession.start({ evaluator: 'javascript', cwd: folder, reload: [folder] });
});
afterAll(async () => {
  await session.exit();
  rmSync(folder, { recursive: true });
});

let place: string;
let places = 0;
/** Each test has a folder of its own in the session's. */
beforeEach(() => {
  place = path.join(folder, String(++places));
  mkdirSync(place);
});

let versions = 0;
/** Each text has another length, since two files may be written within one tick of the clock. */
function write(name: string, source: string): void {
  writeFileSync(path.join(place, name), `${source}\n//${'.'.repeat(++versions)}`);
}

async function shown(source: string): Promise<unknown> {
  const outcome = await session.execute(source, { filename: path.join(place, 'main.js') }).wait({ timeoutMs: 30_000 });
  return outcome.status === 'ok' ? outcome.result?.['text/plain'] : outcome;
}

describe('A module of JavaScript whose file has changed is loaded anew', () => {
  test('when it is required again, and so is what requires it', async () => {
    write('b.js', 'exports.n = 1');
    write('a.js', 'exports.n = require("./b").n * 10');
    write('other.js', 'exports.made = {}');
    expect(await shown('const made = require("./other").made; require("./a").n')).toBe('10');
    write('b.js', 'exports.n = 2');
    expect(await shown('[require("./a").n, require("./b").n, require("./other").made === made]')).toBe(
      '[ 20, 2, true ]',
    );
    write('a.js', 'exports.n = require("./b").n * 100');
    expect(await shown('require("./a").n')).toBe('200');
    expect(await shown('require("./a") === require("./a")')).toBe('true');
  });

  test('when it is imported again, and so is what imports it', async () => {
    write('b.mjs', 'export const n = 1');
    write('a.mjs', 'import { n } from "./b.mjs"; export const a = n * 10; export { n }');
    write('other.mjs', 'export const made = {}');
    expect(await shown('import { a } from "./a.mjs"; import { made as kept } from "./other.mjs"; a')).toBe('10');
    write('b.mjs', 'export const n = 2');
    expect(await shown('a')).toBe('10');
    expect(
      await shown('import { a, n } from "./a.mjs"; import { made } from "./other.mjs"; [a, n, made === kept]'),
    ).toBe('[ 20, 2, true ]');
    expect(await shown('(await import("./a.mjs")) === (await import("./a.mjs"))')).toBe('true');
    write('a.mjs', 'export { n } from "./b.mjs"; export const a = "new"');
    expect(await shown('const { a: again } = await import("./a.mjs"); again')).toBe("'new'");
  });

  test('by way of modules of the other kind', async () => {
    write('deep.cjs', 'exports.n = 1');
    write('middle.cjs', 'exports.n = require("./deep.cjs").n; exports.later = () => import("./late.mjs")');
    write('late.mjs', 'export const late = 1');
    write('top.mjs', 'import middle from "./middle.cjs"; export const n = middle.n; export const { later } = middle');
    const ask = 'import { n, later } from "./top.mjs"; [n, (await later()).late]';
    expect(await shown(ask)).toBe('[ 1, 1 ]');
    write('deep.cjs', 'exports.n = 2');
    expect(await shown(ask)).toBe('[ 2, 1 ]');
    write('late.mjs', 'export const late = 3');
    expect(await shown(ask)).toBe('[ 2, 3 ]');
  });

  test('also when an ES module has made a `require` for it', async () => {
    write('part.js', 'exports.n = 1');
    write(
      'whole.mjs',
      'import { createRequire } from "node:module"; export const { n } = createRequire(import.meta.url)("./part")',
    );
    expect(await shown('(await import("./whole.mjs")).n')).toBe('1');
    write('part.js', 'exports.n = 2');
    expect(await shown('(await import("./whole.mjs")).n')).toBe('2');
  });

  test('also if each requires the other', async () => {
    write('x.js', 'exports.y = () => require("./y").n; exports.n = 1');
    write('y.js', 'exports.x = () => require("./x").n; exports.n = 1');
    expect(await shown('[require("./x").y(), require("./y").x()]')).toBe('[ 1, 1 ]');
    write('y.js', 'exports.x = () => require("./x").n; exports.n = 2');
    expect(await shown('[require("./x").y(), require("./y").x()]')).toBe('[ 2, 1 ]');
  });

  test('data, too', async () => {
    writeFileSync(path.join(place, 'data.json'), '{"n": 1}');
    expect(await shown('require("./data.json").n')).toBe('1');
    writeFileSync(path.join(place, 'data.json'), '{"n": 222}');
    expect(await shown('require("./data.json").n')).toBe('222');
  });

  test('once its error is mended, or a file that it imports is there', async () => {
    write('wrong.mjs', 'export const n = missing');
    expect(await shown('import { n } from "./wrong.mjs"; n')).toMatchObject({ error: { name: 'ReferenceError' } });
    write('wrong.mjs', 'export const n = ;');
    expect(await shown('import { n } from "./wrong.mjs"; n')).toMatchObject({ error: { name: 'SyntaxError' } });
    write('wrong.mjs', 'export { n } from "./soon.mjs"');
    expect(await shown('import { n } from "./wrong.mjs"; n')).toMatchObject({ status: 'error' });
    write('soon.mjs', 'export const n = 5');
    expect(await shown('import { n } from "./wrong.mjs"; n')).toBe('5');
  });

  test('and its errors name its file', async () => {
    write('fails.mjs', 'export const fail = () => { throw new Error("no") }');
    await shown('await import("./fails.mjs")');
    write('fails.mjs', '\nexport const fail = () => { throw new Error("no") }');
    const file = path.join(place, 'fails.mjs');
    const outcome = await shown('(await import("./fails.mjs")).fail()');
    expect(outcome).toMatchObject({ error: { frames: [{}, { file, line: 2 }] } });
    expect((outcome as { error: { traceback: string } }).error.traceback).not.toContain('extsession=');
    expect(
      await shown('await import("./fails.mjs").then(({ fail }) => { try { fail() } catch (e) { return e.stack } })'),
    ).not.toContain('extsession=');
    const missing = await shown('await import("./nowhere.mjs")');
    expect((missing as { error: { traceback: string } }).error.traceback).not.toMatch(/worker\/reloadHooks/);
  });
});

test('A module that is installed stays as it was loaded', async () => {
  mkdirSync(path.join(place, 'node_modules/lib'), { recursive: true });
  write('node_modules/lib/index.js', 'exports.n = 1');
  expect(await shown('require("lib").n')).toBe('1');
  write('node_modules/lib/index.js', 'exports.n = 2');
  expect(await shown('require("lib").n')).toBe('1');
});

test('Without the option, a module is loaded once', async () => {
  await using other = await ExtSession.start({ evaluator: 'javascript', cwd: place });
  write('once.cjs', 'exports.n = 1');
  const ask = 'require("./once.cjs").n';
  expect(await other.evaluate(ask)).toBe(1);
  write('once.cjs', 'exports.n = 2');
  expect(await other.evaluate(ask)).toBe(1);
  const names = (await other.evaluate('Object.keys(process.env)')) as string[];
  expect(names.filter((name) => /^EXTSESSION_(?!TEST)/.test(name))).toEqual([]);
});
