import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Viewed } from '../support/viewedData.js';

const viewed = new Viewed();

/** What notices that it is read, and what notices that it is made a text or a number. */
const SETUP = `globalThis.ran = [];
globalThis.text = () => ({ toString() { ran.push('toString'); return 's' }, valueOf() { ran.push('valueOf'); return 1 },
  [Symbol.toPrimitive]() { ran.push('toPrimitive'); return 1 } });
globalThis.evil = () => new (class Evil { get [Symbol.toStringTag]() { ran.push('tag') } get size() { ran.push('size') } })();
globalThis.watched = (target) => new Proxy(target, { get(of, key) { ran.push(String(key)); return of[key] } });
globalThis.table = (type, data = {}) => ({ schema: { fields: [{ name: 'a', type }] },
  batches: [{ data: { length: 1, children: [{ type, offset: 0, ...data }] } }] });`;

/** Everything that views ask about a value. */
async function look(source: string): Promise<void> {
  const { session } = viewed;
  await viewed.run(`var it = ${source}; ran.length = 0`);
  await session.variables({ details: true });
  const { items } = await session.parts(['it'], { asCode: true });
  if (items.length > 0) await session.parts(['it', 0]);
  await session.inspect('it', 2);
  await session.complete('it.', 3);
  const of = { name: 'it', path: [] };
  const sort = [{ column: 0, descending: true }];
  await viewed.ask(of);
  await viewed.ask(of, { ask: 'cell', row: 0, column: 0 });
  await viewed.ask(of, { sort });
  await viewed.ask(of, { ask: 'statistics', column: 0, filters: [{ column: 0, test: 'contains', value: 'x' }] });
  expect(await session.evaluate('ran')).toEqual([]);
}

async function summaryOf(source: string): Promise<string | undefined> {
  await viewed.run(`var it = ${source}; undefined`);
  return (await viewed.session.variables()).find(({ name }) => name === 'it')?.summary;
}

describe('values of JavaScript', () => {
  beforeAll(async () => {
    await viewed.start({ evaluator: 'javascript' });
    await viewed.run(SETUP);
  });
  afterAll(() => viewed.session.exit());

  test.each([
    'Object.assign([1], { more: evil() })',
    '(() => { const sparse = []; sparse[100] = evil(); return sparse; })()',
    '({ [Symbol("s")]: evil() })',
    'Object.assign(Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`k${at}`, at])), { more: evil() })',
    ...['() => {}', 'new Map()', 'new Uint8Array(2)'].map((made) => `Object.assign(${made}, { more: evil() })`),
    'Promise.resolve(evil())',
    '[Promise.reject(evil())].map((one) => (one.catch(() => 0), one))',
    'Promise.resolve(class { static [Symbol.hasInstance]() { ran.push("hasInstance"); } static get name() { ran.push("name"); } })',
    'Promise.resolve(Object.defineProperty(new Error("x"), "stack", { get() { ran.push("stack"); } }))',
    'Promise.resolve(Object.create(new Proxy({}, { get(of, key) { ran.push(String(key)); }, getOwnPropertyDescriptor() { ran.push("own"); } })))',
    ...['constructor', 'Symbol.toStringTag', 'Symbol.iterator', 'Symbol.for("nodejs.util.inspect.custom")'].map(
      (key) =>
        `Object.defineProperty(Promise.resolve(1), ${key.startsWith('S') ? key : JSON.stringify(key)}, { get() { ran.push("own"); } })`,
    ),
    'new (class extends Promise { get [Symbol.toStringTag]() { ran.push("tag"); } })(() => undefined)',
    'new Map([["k", evil()]]).entries()',
    'new Set([evil()]).values()',
    'new Proxy(evil(), {})',
    '[new Proxy({ a: evil() }, { handler: evil() })]',
    ...['stack', 'name', 'message'].map((name) => `Object.assign(new Error("x"), { ${name}: text() })`),
    'Object.defineProperty(new Error("x"), "stack", { get() { ran.push("stack"); } })',
    'new (class extends Error { get name() { ran.push("name"); return "x"; } })("x")',
    ...['source', 'flags'].map((name) => `Object.defineProperty(/x/, "${name}", { value: text() })`),
    'new (class { static name = text() })()',
    'Object.defineProperty(() => {}, "name", { value: text() })',
    '(() => { class A { static name = text() } return class B extends A {}; })()',
  ])('run nothing when they are listed: %s', async (source) => {
    await look(source);
  });

  test.each([
    '({ schema: { fields: watched([1]) }, batches: watched([]) })',
    '({ ...table({ typeId: 2 }), batches: [{ data: { length: text(), children: [] } }] })',
    'table({ typeId: 2, bitWidth: text() })',
    'table({ typeId: text() })',
    ...[6, 8, 10].map((typeId) => `table({ typeId: ${String(typeId)}, unit: 0 }, { values: watched([1]) })`),
    'table({ typeId: 5 }, { values: new Uint8Array(4), valueOffsets: watched([0, 4]) })',
    'table({ typeId: 13, children: { map() { ran.push("map"); return []; } } })',
    // what would not end, or take all memory
    'table({ typeId: 5 }, { values: new Uint8Array(4), valueOffsets: new Float64Array([0, 4e9]) })',
    '({ schema: { fields: [1] }, batches: Object.assign([], { length: 4e9 }) })',
    '(() => { const type = { typeId: -1 }; type.dictionary = type; return table(type); })()',
    '(() => { const type = { typeId: 12 }, it = table(type, { valueOffsets: new Int32Array(20_000).map((_, at) => at % 2 * 9999) }); const [data] = it.batches[0].data.children; data.children = [data]; return it; })()',
  ])('run nothing when they look like a table of Arrow: %s', async (source) => {
    await look(source);
  });

  test.each([
    ['({ a: 1, "b c": [true, null], [Symbol("s")]: -0 })', "{ a: 1, 'b c': [ true, null ], [Symbol(s)]: -0 }"],
    ['[{ a: { b: 1 } }, [[]]]', '[ { a: [Object] }, [ [Array] ] ]'],
    ['({ get a() {}, set b(x) {}, get c() {}, set c(x) {} })', '{ a: [Getter], b: [Setter], c: [Getter/Setter] }'],
    ['new Map([["k", new Set([1])]])', "Map(1) { 'k' => Set(1) { 1 } }"],
    ['new Float64Array([0.5])', 'Float64Array(1) [ 0.5 ]'],
    ['new (class Pet { name = "x" })()', "Pet { name: 'x' }"],
    [
      '[() => {}, function f() {}, async () => {}]',
      '[ [Function (anonymous)], [Function: f], [AsyncFunction (anonymous)] ]',
    ],
    ['[class A {}, class B extends Map {}]', '[ [class A], [class B extends Map] ]'],
    [
      '[new Date(0), /a\\/b/gu, new TypeError("x"), 5n, Symbol("s")]',
      '[ 1970-01-01T00:00:00.000Z, /a\\/b/gu, [TypeError: x], 5n, Symbol(s) ]',
    ],
    [`['"', "'", '\\n']`, `[ '"', "'", '\\n' ]`],
    ['Array.from({ length: 90 }, () => 1)', `[ ${'1, '.repeat(20)}… 70 more ]`],
    ['[new Proxy({}, {}), Promise.resolve(1)]', '[ Proxy, Promise { 1 } ]'],
    ['new Promise(() => undefined)', 'Promise { <pending> }'],
    ['Promise.resolve("<pending>")', "Promise { '<pending>' }"],
    ['Promise.resolve()', 'Promise { undefined }'],
    ['[Promise.reject(7)].map((one) => (one.catch(() => 0), one))', '[ Promise { <rejected> 7 } ]'],
    ['Promise.resolve({ a: 1 })', 'Promise { <settled> }'],
    ['new (class Mine extends Promise {})((done) => done(1))', 'Mine'],
    ['10n ** 9_000_000n', '<bigint of more than 300 digits>'],
    ['"x".repeat(1e8)', `'${'x'.repeat(199)}…`],
  ])('have a summary: %s', async (source, summary) => {
    expect(await summaryOf(source)).toBe(summary);
  });

  test('a promise whose rejection nothing handles tells the reason', async () => {
    await viewed.run('var it = Promise.reject(new TypeError("nobody asked")); undefined');
    await expect
      .poll(async () => (await viewed.session.variables()).find(({ name }) => name === 'it')?.summary)
      .toBe('Promise { <rejected> [TypeError: nobody asked] }');
  });

  test('a table with more rows than fit into memory is shown, but not sorted, filtered or summarized', async () => {
    await viewed.run('var long = [1]; long.length = 4_000_000_000; undefined');
    const of = { name: 'long', path: [] };
    expect((await viewed.ask(of)).window).toMatchObject({ rows: 4_000_000_000 });
    const rows = { problem: 'rows' };
    expect(await viewed.ask(of, { sort: [{ column: 0, descending: true }] })).toMatchObject(rows);
    expect(await viewed.ask(of, { filters: [{ column: 0, test: 'missing' }] })).toMatchObject(rows);
    expect(await viewed.ask(of, { ask: 'statistics', column: 0 })).toMatchObject(rows);
    expect(await viewed.session.evaluate('long[0]')).toBe(1);
  });
});
