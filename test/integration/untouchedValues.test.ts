import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';

describe('a JavaScript value that notices when it is touched', () => {
  let session: ExtSession;
  beforeEach(async () => {
    session = await ExtSession.start({ evaluator: 'javascript' });
    await session
      .execute(
        `globalThis.touched = [];
const traps = Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((name) => [name, (...args) => { touched.push(name + ' ' + String(args[1])); return Reflect[name](...args); }]));
globalThis.traps = traps;`,
      )
      .wait();
  });
  afterEach(async () => {
    await session.exit();
  });

  test.each([
    ['({ get [Symbol.toStringTag]() { throw new Error("tag"); } })', '[Object: cannot be shown'],
    [
      '(class Branded { #kind = 1; get [Symbol.toStringTag]() { return this.#kind; } }).prototype',
      '[Branded: cannot be',
    ],
    [
      'new (class Own extends Error { get stack() { throw 1; } get message() { throw 1; } get name() { throw 1; } })()',
      '',
    ],
  ])('%s, whose accessors fail, does not make its command fail', async (source, shown) => {
    const outcome = await session.execute(source).wait();
    expect(outcome).toMatchObject({
      status: 'ok',
      result: { 'text/plain': expect.stringContaining(shown) as string },
    });
  });

  test.each([
    ['a proxy that tells of each access', 'new Proxy({ a: 1 }, traps)', '{ a: 1 }'],
    [
      'a strict proxy',
      'new Proxy({ a: 1 }, { get() { touched.push("get"); throw new Error("strict"); } })',
      '{ a: 1 }',
    ],
    [
      'a client that answers everything',
      'new Proxy(function () {}, { ...traps, get: () => { touched.push("get"); return globalThis.it; }, apply: () => { touched.push("apply"); return new Promise(() => {}); } })',
      '[Function (anonymous)]',
    ],
    [
      'a proxy that has a function for every key',
      'new Proxy({}, { get: () => () => { touched.push("called"); } })',
      '{}',
    ],
    [
      'a revoked proxy',
      '(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()',
      '<Revoked Proxy>',
    ],
    [
      'a revoked function',
      '(() => { const { proxy, revoke } = Proxy.revocable(function f() {}, {}); revoke(); return proxy; })()',
      '<Revoked Proxy>',
    ],
    ['a list of proxies', '[new Proxy([1], traps)]', '[ [ 1 ] ]'],
  ])('%s: is shown, listed, completed and hovered over untouched', async (_, source, shown) => {
    const defined = await session.execute(`globalThis.it = ${source}; touched.length = 0;`).wait();
    expect(defined.status).toBe('ok');
    const outcome = await session.execute('it').wait({ timeoutMs: 30_000 });
    expect(outcome).toMatchObject({ status: 'ok' });
    if (outcome.status === 'ok') expect(outcome.result?.['text/plain']).toBe(shown);
    expect((await session.variables()).map(({ name }) => name)).toContain('it');
    await session.complete('it.', 3);
    await session.complete('i', 1);
    await session.inspect('it', 2);
    expect(await session.evaluate('touched')).toEqual([]);
  });

  test.each([
    ['a strict proxy', 'new Proxy({}, { ...traps, get() { touched.push("get"); throw new Error("strict"); } })', '{}'],
    ['a proxy of an error', 'new Proxy(new RangeError("within"), traps)', 'RangeError: within'],
    [
      'a revoked proxy',
      '(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()',
      '<Revoked Proxy>',
    ],
  ])('%s: is thrown, and told of, untouched', async (_, source, shown) => {
    await session.execute(`globalThis.it = ${source}; touched.length = 0;`).wait();
    for (const thrown of ['throw it', '(() => { throw it })()', 'await Promise.reject(it)']) {
      const outcome = await session.execute(thrown).wait();
      expect(outcome).toMatchObject({
        status: 'error',
        error: { traceback: expect.stringMatching(`^Uncaught ${shown}`) as string },
      });
    }
    expect(await session.execute('touched').wait()).toMatchObject({ result: { 'text/plain': '[]' } });
  });

  test('an object that inherits from a proxy is listed without a word to it', async () => {
    await session.execute('globalThis.it = Object.create(new Proxy({}, traps)); touched.length = 0;').wait();
    expect((await session.variables()).find(({ name }) => name === 'it')).toMatchObject({ summary: '{}' });
    await session.complete('it.', 3);
    await session.inspect('it', 2);
    expect(await session.evaluate('touched')).toEqual([]);
  });
});

describe('a JavaScript session whose builtins are replaced', () => {
  let session: ExtSession;
  beforeEach(async () => {
    session = await ExtSession.start({ evaluator: 'javascript' });
  });
  afterEach(async () => {
    await session.exit();
  });
  const shown = async (source: string): Promise<unknown> => {
    const outcome = await session.execute(source).wait({ timeoutMs: 30_000 });
    return outcome.status === 'ok' ? outcome.result?.['text/plain'] : outcome;
  };
  /** One of everything that the worker does. */
  const everything = async (): Promise<void> => {
    expect(await shown('const kept = [1, 2]; kept')).toBe('[ 1, 2 ]');
    expect(await shown('await 5')).toBe('5');
    const printing = session.execute('console.log("out"); console.error("err"); console.log("out"); display(1)');
    expect(await printing.wait()).toMatchObject({ status: 'ok' });
    expect([printing.stdout, printing.stderr]).toEqual(['out\nout\n', 'err\n']);
    expect(await shown('const { sep } = require("node:path"); sep')).toBe("'/'");
    expect(await shown('throw new TypeError("on purpose")')).toMatchObject({ error: { name: 'TypeError' } });
    expect(await shown('const = 3')).toMatchObject({ error: { name: 'SyntaxError' } });
    expect(await session.evaluate('({ list: kept })')).toEqual({ list: [1, 2] });
    expect((await session.variables()).map(({ name }) => name)).toContain('kept');
    expect((await session.complete('kep', 3)).items).toMatchObject([{ text: 'kept' }]);
    await session.inspect('kept', 2);
  };

  // Node.js itself pops one of its arrays where everybody can see it
  test('does not let them hear of the worker', async () => {
    await session
      .execute(
        `globalThis.heard = new Set();
const plain = { apply: Reflect.apply, add: heard.add.bind(heard), own: Reflect.ownKeys, at: Reflect.getOwnPropertyDescriptor };
for (const holder of [Array.prototype, String.prototype, Map.prototype, Promise.prototype, RegExp.prototype, Object, Array, JSON, Promise]) {
  const names = plain.own(holder);
  for (let index = 0; index < names.length; index++) {
    const name = names[index], value = plain.at(holder, name).value;
    if (typeof value !== 'function' || name === 'constructor' || name === 'prototype' || name === 'pop') continue;
    holder[name] = function (...rest) { plain.add(String(name)); return plain.apply(value, this, rest); };
  }
}`,
      )
      .wait();
    await everything();
    expect(await shown('heard.clear()')).toBeUndefined();
    await everything();
    expect(await session.evaluate('heard')).toEqual(new Set());
  });

  test('goes on when they fail', async () => {
    await session
      .execute(
        `const fail = () => { throw new Error('replaced'); };
const holders = [String.prototype, Map.prototype, Set.prototype, Promise.prototype, RegExp.prototype, Object, JSON, Array.prototype];
for (let at = 0; at < holders.length; at++) {
  const names = Reflect.ownKeys(holders[at]);
  for (let index = 0; index < names.length; index++) {
    const name = names[index], { value } = Reflect.getOwnPropertyDescriptor(holders[at], name);
    if (typeof value === 'function' && name !== 'constructor' && name !== 'pop') holders[at][name] = fail;
  }
}
setTimeout = setImmediate = process.nextTick = fail;`,
      )
      .wait();
    await everything();
  });

  test('goes on when every object has something more', async () => {
    await session
      .execute(
        `for (const name of ['get', 'set', 'value', 'writable', 'enumerable', 'id', 'status', 'filename', 'toJSON', 'source'])
  Object.prototype[name] = () => 1;
Array.prototype.toJSON = () => 'mine';
Object.defineProperty(Object.prototype, 'line', Object.assign(Object.create(null), { configurable: true, get: () => { throw new Error('read'); } }));`,
      )
      .wait();
    await everything();
    expect(await shown('import os from "node:os"; typeof os.cpus')).toBe("'function'");
    expect(await shown('({}).toJSON()')).toBe('1');
  });
});
