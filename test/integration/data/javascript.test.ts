import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { never, Viewed } from '../../support/viewedData.js';

const viewed = new Viewed();
const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
};
afterAll(() => viewed.session.exit());

describe('the data grid in JavaScript', () => {
  beforeAll(() => viewed.start({ evaluator: 'javascript' }));
  afterAll(() => viewed.session.exit());

  test('sees arrays of objects, objects of arrays and typed arrays', async () => {
    await viewed.run(`
var trips = [{ id: 1n, fare: -0, when: new Date(0) }, { id: 2n, fare: NaN, note: undefined }];
var columns = { a: [1, null], b: new Float32Array([0.5]) };
var typed = new BigInt64Array([9007199254740993n]);`);
    const window = await viewed.window('trips');
    expect(window.heads).toEqual([
      ['id', 'bigint', 'n'],
      ['fare', 'number', 'n'],
      ['when', 'Date', 't'],
      ['note', '', 't'],
    ]);
    expect(window.cells).toEqual([
      [
        ['n', '1'],
        ['n', '2'],
      ],
      [
        ['n', '-0'],
        ['m', 'NaN'],
      ],
      [
        ['v', '1970-01-01T00:00:00.000Z'],
        ['m', ''],
      ],
      [
        ['m', ''],
        ['m', 'undefined'],
      ],
    ]);
    expect((await viewed.window('columns')).cells[1]).toEqual([
      ['n', '0.5'],
      ['m', ''],
    ]);
    expect((await viewed.window('typed')).cells).toEqual([['9007199254740993']]);
  });

  test('sees maps, sets and plain objects, but no instances of classes', async () => {
    await viewed.run(`
var map = new Map([['one', 1n], [{ a: 2 }, undefined]]);
var rows = new Map([['first', { x: 1, key: 2 }], ['second', { y: null }]]);
var nested = { first: { x: 1 }, second: { x: 2 } };
var plain = { a: 1, get b() { throw 1 } };
var set = new Set([7]);
var instance = new (class Trip { a = 1 })();`);
    const heads = async (name: string): Promise<string[]> => (await viewed.window(name)).heads.map(([head]) => head);
    expect((await viewed.window('map')).cells).toEqual([
      ['one', ['o', '{ a: 2 }']],
      [
        ['n', '1'],
        ['m', 'undefined'],
      ],
    ]);
    expect(await heads('rows')).toEqual(['key', 'x', 'key', 'y']);
    expect((await viewed.window('rows')).cells.map(([first]) => first)).toEqual([
      'first',
      ['n', '1'],
      ['n', '2'],
      ['m', ''],
    ]);
    expect(await heads('nested')).toEqual(['key', 'x']);
    const sort = [{ column: 1, descending: true }];
    expect((await viewed.window('nested', { sort })).cells[0]).toEqual(['second', 'first']);
    expect((await viewed.window('plain')).cells).toEqual([
      ['a', 'b'],
      [
        ['n', '1'],
        ['m', ''],
      ],
    ]);
    expect((await viewed.window('set')).cells).toEqual([[['n', '7']]]);
    expect(await viewed.ask({ name: 'instance', path: [] })).toMatchObject({ problem: 'unsupported', type: 'Trip' });
  });

  test('keeps what extsession.view is given, and shows it', async () => {
    const results = viewed.session.execute("extsession.view([{ a: 1 }, { a: 2 }], 'two')");
    expect(await results.wait()).toMatchObject({ status: 'ok' });
    const [shown] = results.outputs;
    const data = shown && 'data' in shown ? shown.data : {};
    expect(data).toEqual({
      'text/plain': 'View of two',
      'application/vnd.extsession.data+json': { kept: 1, title: 'two' },
    });
    expect((await viewed.ask({ kept: 1 })).window?.rows).toBe(2);
    await viewed.session.data({ ask: 'release', of: { kept: 1 } }, never());
    expect(await viewed.ask({ kept: 1 })).toEqual({ problem: 'gone' });
    expect(await viewed.session.execute('extsession.view(5)').wait()).toMatchObject({ error: { name: 'TypeError' } });
    expect(await viewed.session.evaluate("Object.keys(globalThis).includes('extsession')")).toBe(false);
    await viewed.run('for (let count = 0; count < 101; count++) extsession.view([count])');
    expect(await viewed.ask({ kept: 2 })).toEqual({ problem: 'gone' });
    expect((await viewed.ask({ kept: 102 })).window?.cells).toEqual([[['n', '100']]]);
    await viewed.run('var extsession = 5');
    expect(await viewed.session.evaluate('extsession')).toBe(5);
  });

  test('sorts by several columns and filters', async () => {
    await viewed.run(
      "var people = [{ name: 'Bo', age: 9 }, { name: 'al', age: 10n }, { name: 'Cy' }, { name: 'Di', age: 9 }]",
    );
    const rows = async (steps: object): Promise<unknown> => (await viewed.window('people', steps)).positions;
    const sort = [
      { column: 1, descending: true },
      { column: 0, descending: true },
    ];
    expect(await rows({ sort })).toEqual([1, 3, 0, 2]);
    expect(await rows({ filters: [{ column: 1, test: 'atMost', value: '9' }], sort })).toEqual([3, 0]);
    expect(await rows({ filters: [{ column: -1, test: 'contains', value: 'y' }] })).toEqual([2]);
  });

  test('what takes long can be cancelled, and leaves everything as it was', async () => {
    await viewed.run('var many = new Float64Array(3_000_000)');
    const request = { ask: 'statistics', of: { name: 'many', path: [] }, column: 0 } as const;
    const whole = await timed(() => viewed.session.data(request, never()));
    const cancel = (): Promise<number> =>
      timed(async () => {
        const cancelled = new AbortController();
        const asked = viewed.session.data(request, cancelled.signal);
        setTimeout(() => {
          cancelled.abort();
        }, whole / 10);
        await expect(asked).rejects.toThrow();
        expect(await viewed.session.evaluate('[1, 2].map((one) => one * 2)')).toEqual([2, 4]);
      });
    let quickest = await cancel();
    // One in which the machine was busy says nothing.
    for (let more = 2; more > 0 && quickest >= whole / 2; more--) quickest = Math.min(quickest, await cancel());
    expect(quickest).toBeLessThan(whole / 2);
    expect((await viewed.window('many')).rows).toBe(3_000_000);
  });

  test('runs no accessor, no proxy and nothing of a class', async () => {
    await viewed.run(`
var calls = 0;
class Loud { get x() { calls++; return 1 } toString() { calls++; return '' } toJSON() { calls++ } [Symbol.toPrimitive]() { calls++ } }
var hostile = [{ a: new Loud(), get b() { calls++; return 2 }, c: new Proxy({}, { get() { calls++ }, ownKeys() { calls++; return [] } }) }];
var proxy = new Proxy([], { get() { calls++ } });
Array.prototype.map = () => { calls++ };`);
    expect((await viewed.window('hostile')).rows).toBe(1);
    expect(await viewed.ask({ name: 'proxy', path: [] })).toMatchObject({ problem: 'unsupported' });
    expect(await viewed.session.evaluate('calls')).toBe(0);
  });
});

describe('tables of apache-arrow', () => {
  beforeAll(() => viewed.start({ evaluator: 'javascript' }));
  afterAll(() => viewed.session.exit());

  test('are seen, also in several batches, from their buffers alone', async () => {
    await viewed.run(`
var field = (name, type) => ({ name, type, nullable: true });
var int = { typeId: 2, isSigned: true, bitWidth: 64 }, text = { typeId: 5 }, time = { typeId: 10, unit: 2, timezone: null };
var list = { typeId: 12, children: [field('item', text)] }, coded = { typeId: -1, dictionary: text };
var data = (type, length, rest) => ({ type, length, offset: 0, nullBitmap: new Uint8Array(0), children: [], ...rest });
var texts = (...all) => data(text, all.length, { values: Buffer.from(all.join('')),
  valueOffsets: Int32Array.from([0, ...all.map((_, at) => all.slice(0, at + 1).join('').length)]) });
var batch = (id, name, when, names, code) => ({ data: { length: id.length, children: [
  data(int, id.length, { values: BigInt64Array.from(id) }),
  { ...texts(...name), nullBitmap: Uint8Array.from([5]) },
  data(time, when.length, { values: BigInt64Array.from(when) }),
  data(list, names.length, { valueOffsets: Int32Array.from([0, 2, 3]), children: [texts(...names.flat())] }),
  data(coded, code.length, { values: Int8Array.from(code), dictionary: { data: [texts('low'), texts('high')] } })] } });
class Table { get numRows() { throw new Error('asked') } }
var arrow = Object.assign(new Table(), {
  schema: { fields: [field('id', int), field('name', text), field('when', time), field('names', list), field('code', coded)] },
  batches: [batch([1n, 9007199254740993n], ['x', ''], [0n, -1n], [['a', 'b'], ['c']], [0, 1])] });
arrow.batches.push(batch([7n], ['z'], [1500000n], [['d', 'e']], [1]));`);
    const window = await viewed.window('arrow');
    expect(window.heads).toEqual([
      ['id', 'int64', 'n'],
      ['name', 'utf8', 't'],
      ['when', 'timestamp', 't'],
      ['names', 'list', 't'],
      ['code', 'dictionary<utf8>', 't'],
    ]);
    expect(window.cells).toEqual([
      ['1', '9007199254740993', '7'],
      ['x', ['m', 'null'], 'z'],
      ['1970-01-01 00:00:00', '1969-12-31 23:59:59.999999', '1970-01-01 00:00:01.500000'],
      [
        ['o', "[ 'a', 'b' ]"],
        ['o', "[ 'c' ]"],
        ['o', "[ 'd', 'e' ]"],
      ],
      ['low', 'high', 'high'],
    ]);
    const sort = [{ column: 2, descending: true }];
    expect((await viewed.window('arrow', { sort })).positions).toEqual([2, 0, 1]);
    const { cell } = await viewed.ask({ name: 'arrow', path: [] }, { ask: 'cell', row: 0, column: 3 });
    expect(cell).toMatchObject({ total: 2, items: [{ summary: "'a'" }, {}] });
  });

  test('have times too far away for a date, and ones after the year 9999', async () => {
    await viewed.run(`
var field = (name, type) => ({ name, type, nullable: true });
var second = { typeId: 10, unit: 0, timezone: null }, day = { typeId: 8, unit: 0 };
var data = (type, values) => ({ type, values, length: 2, offset: 0, nullBitmap: new Uint8Array(0), children: [] });
class Table { get numRows() { throw new Error('asked') } }
var far = Object.assign(new Table(), { schema: { fields: [field('second', second), field('day', day)] }, batches: [
  { data: { length: 2, children: [data(second, BigInt64Array.of(2n ** 62n, 253402300800n)), data(day, Int32Array.of(2 ** 30, 2932897))] } }] });`);
    expect((await viewed.window('far')).cells).toEqual([
      [['n', '4611686018427387904'], '+010000-01-01 00:00:00'],
      [['n', '1073741824'], '+010000-01-01'],
    ]);
  });
});
