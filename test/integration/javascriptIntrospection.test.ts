import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';

describe('About JavaScript', () => {
  let session: ExtSession;
  beforeAll(async () => {
    session = await ExtSession.start({ evaluator: 'javascript' });
    await session
      .execute(
        `const deep = { a: { inner: 1 }, text: 's', list: [{ item: 1 }], get costly() { ran = true; return {} } };
        class Pet { speak() {} get name() { ran = true } }
        var ran = false; let greeting = 1; const promise = Promise.resolve(1);
        Object.defineProperty(globalThis, 'trap', { get() { ran = true; return {} }, configurable: true, enumerable: true })`,
      )
      .wait();
  });
  afterAll(async () => {
    await session.exit();
  });

  const completed = async (text: string): Promise<string[]> => {
    const { items } = await session.complete(text.replace('|', ''), text.indexOf('|'));
    return items.map((item) => item.text);
  };
  const described = async (text: string): Promise<unknown> =>
    (await session.inspect(text.replace('|', ''), text.indexOf('|')))?.['text/plain'];

  test.each([
    ['new Float64Array(50_000_000)', 'subar', 'subarray'],
    ["'x'.repeat(300_000_000)", 'padS', 'padStart'],
    ['Array.from({ length: 3_000_000 }, (_, at) => at)', 'flatM', 'flatMap'],
    ['Object.fromEntries(Array.from({ length: 300_000 }, (_, at) => [`key${at}`, at]))', 'toLoc', 'toLocaleString'],
  ])('the members of %s are completed at once', async (source, text, name) => {
    await session.execute(`globalThis.large = ${source};`).wait();
    expect(await completed(`large.${text}|`)).toEqual([name]);
    await session.execute('delete globalThis.large;').wait();
  });

  test.each([
    ['gree|', ['greeting']],
    ['const a = gree|', ['greeting']],
    ['/* a */ gree|ting', ['greeting']],
    ['`${gree|', ['greeting']],
    ['whil|', ['while']],
    ['proc|', ['process']],
    ['process.ver|', ['version', 'versions']],
    ['Buffer.fr|', ['from']],
    ['crypto.randomU|', ['randomUUID']],
    ['deep.a.in|', ['inner']],
    ['deep\n  .a?.in|', ['inner']],
    ['deep["text"].padS|', ['padStart']],
    ['deep.list[0].it|', ['item']],
    ['"abc".padS|', ['padStart']],
    ['`abc`.padS|', ['padStart']],
    ['[1, 2].flatM|', ['flatMap']],
    ['/a/.te|', ['test']],
    ['new Pet("x").sp|', ['speak']],
  ])('%s is completed', async (text, wanted) => {
    expect(await completed(text)).toEqual(wanted);
  });

  test.each(['"gree|', '`gree|', '// gree|', '/* gree|', '1.gree|', 'greet().gree|', '(1 + 2).gree|', 'deep.whil|'])(
    'nothing is offered for %s',
    async (text) => {
      expect(await completed(text)).toEqual([]);
    },
  );

  test('a value has parts, which lead on, and none of them runs code', async () => {
    await session
      .execute(
        `const map = new Map([['key', { deep: [1, 2] }], [{}, 2]]), set = new Set(['member']);
        const numbers = new Float64Array([1.5, 2.5]), holes = [1, , 3];
        const strict = new Proxy({}, { get() { ran = true }, ownKeys() { ran = true; return [] } });
        class Counted extends Map { get size() { ran = true; return 9 } entries() { ran = true; return [] } }
        class Tagged { get [Symbol.toStringTag]() { ran = true; return 'tag' } }
        class Iterated extends Set { [Symbol.iterator]() { ran = true; return [][Symbol.iterator]() } }
        const counted = new Counted([['a', 1]]), inside = { list: [new Tagged()], iterated: new Iterated([1]) };`,
      )
      .wait();
    const parts = async (...path: [string, ...number[]]) =>
      (await session.parts(path)).items.map(({ name, code, summary }) => [name, code, summary]);
    expect(await parts('deep')).toEqual([
      ['a', '.a', '{ inner: 1 }'],
      ['text', '.text', "'s'"],
      ['list', '.list', '[ { item: 1 } ]'],
      ['costly', '.costly', undefined],
    ]);
    expect(await parts('deep', 2, 0)).toEqual([['item', '.item', '1']]);
    expect(await parts('map')).toEqual([
      ["'key'", '.get("key")', '{ deep: [ 1, 2 ] }'],
      ['{}', undefined, '2'],
    ]);
    expect(await parts('map', 0, 0)).toEqual([
      ['[0]', '[0]', '1'],
      ['[1]', '[1]', '2'],
    ]);
    expect(await parts('set')).toEqual([['{0}', undefined, "'member'"]]);
    expect(await parts('numbers')).toEqual([
      ['[0]', '[0]', '1.5'],
      ['[1]', '[1]', '2.5'],
    ]);
    expect(await parts('holes')).toHaveLength(3);
    expect(await parts('counted')).toEqual([["'a'", '.get("a")', '1']]);
    expect(await parts('strict')).toEqual([]);
    await session.variables({ details: true });
    expect(await session.evaluate('ran')).toBe(false);
    await expect(session.parts(['holes', 7])).rejects.toMatchObject({ code: 'NOT_ANSWERED' });
  });

  test('a value is written as code that makes it again, without running any', async () => {
    await session
      .execute(
        `const written = { 'a b': [1, -0, NaN, 10n, null, undefined, true], text: 'it"s', at: new Date(5),
          map: new Map([['k', new Set([1])]]), numbers: new Float64Array([0.5]) };
        class Sub extends Array {} const unwritten = { sub: new Sub(), proxy: new Proxy({}, {}), method() {},
          getter: { get a() { ran = true } }, long: 'x'.repeat(100_001), hidden: { [Symbol('s')]: 1 },
          proto: JSON.parse('{"__proto__": 1}'), loop: [] };
        unwritten.loop.push(unwritten.loop);`,
      )
      .wait();
    const code = async (...path: [string, ...number[]]) =>
      (await session.parts(path, { count: 0, asCode: true })).code ?? 'none';
    expect(await code('written')).toBe(
      '{"a b": [1, -0, NaN, 10n, null, undefined, true], "text": "it\\"s", "at": new Date(5), ' +
        '"map": new Map([["k", new Set([1])]]), "numbers": new Float64Array([0.5])}',
    );
    for (let position = 0; position < 8; position++) expect(await code('unwritten', position)).toBe('none');
    expect(await session.evaluate('ran')).toBe(false);
  });

  test('variables are told once, and then only what has changed', async () => {
    const run = (source: string) => session.execute(source).wait();
    await run("var told = 1, list = [1], object = { a: [1] }, text = 'x'");
    const first = await session.variableChanges(0);
    expect(first).toMatchObject({ isWhole: true, gone: [] });
    await run('list.push(2); object.a.push(2); delete globalThis.told; var added = null');
    const second = await session.variableChanges(first.revision);
    expect([second.isWhole, second.changed.map(({ name, summary }) => [name, summary])]).toEqual([
      false,
      [
        ['list', '[ 1, 2 ]'],
        ['object', '{ a: [ 1, 2 ] }'],
        ['added', 'null'],
      ],
    ]);
    expect(await session.variableChanges(second.revision)).toMatchObject({ isWhole: false, changed: [], gone: [] });
    expect(await session.variableChanges(first.revision)).toMatchObject({ isWhole: true });
    await run(`class Named { constructor(x) { this.x = x } } var calls = 0;
      var named = new Named([1]), nested = { a: { b: { c: 1 } } }, mapped = new Map([[1, 2]]), dated = new Date(0),
        lazy = { get x() { calls++; return 1 } }, sparse = [1, , 3], long = Array.from({ length: 90 }, () => 1);`);
    const { revision } = await session.variableChanges(0);
    await run(`named.x.push(2); nested.a.b = 5; mapped.set(1, 3); dated.setTime(1); sparse[1] = 2; long[3] = 4;
      Object.defineProperty(lazy, 'x', { value: 2 });`);
    const changes = await session.variableChanges(revision);
    expect(changes.changed.map(({ name }) => name)).toEqual([
      'named',
      'nested',
      'mapped',
      'dated',
      'lazy',
      'sparse',
      'long',
    ]);
    expect(await session.evaluate('calls')).toBe(0);
    await run("for (let i = 0; i < 2000; i++) globalThis['many' + i] = [i]");
    expect((await session.variableChanges(0)).changed.length).toBeGreaterThan(2000);
    await run('for (let i = 0; i < 2000; i++) delete globalThis["many" + i]');
  });

  test('a list says whether there is more to ask for', async () => {
    await session
      .execute('var many = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`n_${i}`, i]))')
      .wait();
    expect(await session.complete('many.', 5)).toMatchObject({ isIncomplete: true });
    expect(await session.complete('many.n_19', 9)).not.toHaveProperty('isIncomplete');
  });

  test('places outside of the text are taken for its ends', async () => {
    expect(await session.complete('a = greet', 100)).toMatchObject({ start: 4, end: 9, items: [{ text: 'greeting' }] });
    expect(await session.complete('greet', -1)).toMatchObject({ start: 0, end: 0 });
  });

  test('no code of the user runs', async () => {
    for (const text of ['trap.|', 'deep.costly.|', 'new Pet().name.|', 'trap|']) await completed(text);
    for (const text of ['tr|ap', 'deep.cost|ly']) expect(await described(text)).toBeUndefined();
    await session.variables();
    expect(await session.evaluate('ran')).toBe(false);
  });

  test('what stands somewhere is described', async () => {
    expect(await described('deep.a.in|ner')).toBe('inner: number\n1');
    expect(await described('process.ver|sion')).toBe(`version: string\n'${process.version}'`);
    expect(await described('"abc".padS|tart')).toBe('padStart: function\n[Function: padStart]');
    expect(await described('pro|mise')).toBe('promise: Promise\nPromise { 1 }');
  });
});
