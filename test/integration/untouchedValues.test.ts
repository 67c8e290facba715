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
    const outcome = await session.execute('it').wait({ timeoutMs: 10_000 });
    expect(outcome).toMatchObject({ status: 'ok' });
    if (outcome.status === 'ok') expect(outcome.result?.['text/plain']).toBe(shown);
    expect((await session.variables()).map(({ name }) => name)).toContain('it');
    await session.complete('it.', 3);
    await session.complete('i', 1);
    await session.inspect('it', 2);
    expect(await session.evaluate('touched')).toEqual([]);
  });

  test('an object that inherits from a proxy is listed without a word to it', async () => {
    await session.execute('globalThis.it = Object.create(new Proxy({}, traps)); touched.length = 0;').wait();
    expect((await session.variables()).find(({ name }) => name === 'it')).toMatchObject({ summary: '[Object]' });
    await session.complete('it.', 3);
    await session.inspect('it', 2);
    expect(await session.evaluate('touched')).toEqual([]);
  });
});
