import { afterEach, describe, expect, test } from 'vitest';
import { ExtSession, type Variable } from '../../src/library.js';
import { pythonWith, testPythons } from '../support/pythons.js';
import { TRAP } from '../support/trap.js';

describe.each(testPythons())('Variables of Python $version', ({ executable }) => {
  let session: ExtSession;
  afterEach(async () => {
    await session.exit();
  });

  const run = async (source: string): Promise<void> => {
    expect(await session.execute(source).wait()).toMatchObject({ status: 'ok' });
  };
  const start = async (source = ''): Promise<void> => {
    session = await ExtSession.start({ interpreter: executable });
    await run(source);
  };
  const variable = async (name: string): Promise<Variable | undefined> =>
    (await session.variables()).find((one) => one.name === name);

  test('variables have types, summaries and sizes', async () => {
    await start(
      "n = 42\ntext = 'hi'\nrows = [(1, 'a'), (2, {'k': None})]\nclass P: pass\np = P()\nbig = 1 << 100000\nimport math",
    );
    expect(await session.variables()).toEqual([
      { name: 'n', type: 'int', summary: '42' },
      { name: 'text', type: 'str', summary: "'hi'", size: '2' },
      { name: 'rows', type: 'list', summary: "[(1, 'a'), (2, {'k': None})]", size: '2' },
      { name: 'P', type: 'type', summary: "<class '__main__.P'>" },
      { name: 'p', type: '__main__.P' },
      { name: 'big', type: 'int', summary: '<int of 100001 bits>' },
      { name: 'math', type: 'module', summary: "<module 'math'>" },
    ]);
  });

  test('dates, times and decimals have texts, and subclasses have sizes, without code of the user', async () => {
    await start(`
import collections, datetime, decimal
called = []
class Zone(datetime.tzinfo):
    def utcoffset(self, when): called.append(when); return datetime.timedelta(hours=1)
class date:
    __module__ = 'datetime'
    def __str__(self): called.append('str'); return ''
class Many(list):
    def __len__(self): called.append('len'); return 7
class Day(datetime.date): pass
at = datetime.datetime(2026, 2, 3, 4, 5)
whens = [at.date(), at.time(), at.replace(tzinfo=datetime.timezone.utc), datetime.timedelta(days=1), decimal.Decimal('1.50')]
odd = [at.replace(tzinfo=Zone()), date(), Day(2026, 2, 3)]
many, counts = Many([1]), collections.Counter('abba')`);
    const textOf = async (name: string) => (await variable(name))?.summary;
    expect(await textOf('at')).toBe('2026-02-03 04:05:00');
    expect(await textOf('whens')).toBe('[2026-02-03, 04:05:00, 2026-02-03 04:05:00+00:00, 1 day, 0:00:00, 1.50]');
    expect(await textOf('odd')).toBe('[<datetime.datetime>, <datetime.date>, <__main__.Day>]');
    expect([await variable('many'), await variable('counts')]).toMatchObject([{ size: '1' }, { size: '2' }]);
    expect(await session.evaluate('called')).toEqual([]);
  });

  test('a value is written as code that makes it again', async () => {
    await start(`
values = {'n': [1, -2.5, 1e300 * 1e300, 3j, None, True, ...], b'k': ({1}, set(), frozenset([2]), (), (3,)), 'r': range(2, 9, 3)}
loop = []; loop.append(loop)
class Own(dict): pass
own, long, big, deep = Own(), 'x' * 100_001, list(range(100_000)), [lambda: 1]`);
    const code = async (name: string) => (await session.parts([name], { count: 0, asCode: true })).code;
    expect(await code('values')).toBe(
      "{'n': [1, -2.5, float('inf'), 3j, None, True, ...], b'k': ({1}, set(), frozenset({2}), (), (3,)), 'r': range(2, 9, 3)}",
    );
    for (const name of ['loop', 'own', 'long', 'big', 'deep']) expect(await code(name), name).toBeUndefined();
  });

  test('a value has parts, which lead on: items, fields, attributes, slots', async () => {
    await start(`
import collections, dataclasses
@dataclasses.dataclass
class Pet: name: str; tags: list
class Slim:
    __slots__ = ('x', 'unset')
    def __init__(self): self.x = 1
Place = collections.namedtuple('Place', 'row column')
class Named(dict): pass
pets = {'first': Pet('Rex', ['old', 'calm']), 2: Slim(), Place(1, 2): Place(3, 4)}
named = Named(a=1); named.extra = 2
loop = []; loop.append(loop)
rows = list(range(1000))
stream = iter(rows)`);
    const parts = async (...path: [string, ...number[]]) =>
      (await session.parts(path)).items.map(({ name, code, summary }) => [name, code, summary]);
    expect(await parts('pets')).toEqual([
      ["'first'", "['first']", undefined],
      ['2', '[2]', undefined],
      ['<__main__.Place>', undefined, undefined],
    ]);
    expect(await parts('pets', 0)).toEqual([
      ['name', '.name', "'Rex'"],
      ['tags', '.tags', "['old', 'calm']"],
    ]);
    expect(await parts('pets', 0, 1)).toEqual([
      ['[0]', '[0]', "'old'"],
      ['[1]', '[1]', "'calm'"],
    ]);
    expect(await parts('pets', 1)).toEqual([['x', '.x', '1']]);
    expect(await parts('pets', 2)).toEqual([
      ['row', '.row', '3'],
      ['column', '.column', '4'],
    ]);
    expect(await parts('named')).toEqual([
      ["'a'", "['a']", '1'],
      ['extra', '.extra', '2'],
    ]);
    expect(await parts('loop', 0, 0, 0)).toHaveLength(1);
    expect(await session.parts(['rows'], { start: 998, count: 5 })).toMatchObject({
      total: 1000,
      items: [{ name: '[998]' }, { name: '[999]' }],
    });
    expect(await parts('stream')).toEqual([]);
    expect(await session.evaluate('next(stream)')).toBe(0);
    await expect(session.parts(['rows', 5000])).rejects.toMatchObject({ code: 'NOT_ANSWERED' });
    await expect(session.parts(['nothing'])).rejects.toMatchObject({ code: 'NOT_ANSWERED' });
    expect((await session.variables({ details: true })).find(({ name }) => name === 'rows')).toMatchObject({
      size: '1000',
      parts: 1000,
    });
  });

  test('summaries are short, however large the value', async () => {
    await start(
      "rows = list(range(10**6))\ntext = 'x' * 10**7\nloop = []; loop.append(loop)\ndeep = []\nfor _ in range(10**5): deep = [deep]",
    );
    for (const { summary } of await session.variables()) expect(summary?.length).toBeLessThan(200);
    expect(await variable('rows')).toMatchObject({ size: '1000000' });
  });

  test('frames and arrays have shapes', async (context) => {
    const python = pythonWith('numpy', 'pandas');
    if (!python) context.skip('no Python here has pandas');
    session = await ExtSession.start(python ? { interpreter: python.executable } : {});
    expect(await session.execute('import numpy, pandas').wait()).toMatchObject({ status: 'ok' });
    const made = session.execute(
      "frame = pandas.DataFrame({'a': [1, 2], 'b': 'x', 'c': 1.5})\ncolumn = frame.a\narray = numpy.zeros((3, 4, 5))\nindexed = frame.set_index('b')",
    );
    expect(await made.wait()).toMatchObject({ status: 'ok' });
    // Its module is another one in older versions.
    const ofPandas = (name: string): unknown => expect.stringMatching(new RegExp(String.raw`^pandas\b.*\.${name}$`));
    expect((await session.variables()).slice(2)).toEqual([
      { name: 'frame', type: ofPandas('DataFrame'), size: '2 x 3' },
      { name: 'column', type: ofPandas('Series'), size: '2' },
      { name: 'array', type: 'numpy.ndarray', size: '3 x 4 x 5' },
      { name: 'indexed', type: ofPandas('DataFrame'), size: '2 x 2' },
    ]);
    await session.execute("mean, day = array.mean(), numpy.datetime64('2026-02-03')\nheld = numpy.void(b'ab')").wait();
    expect((await session.variables()).slice(-3)).toMatchObject([
      { type: 'numpy.float64', summary: '0.0' },
      { type: 'numpy.datetime64', summary: '2026-02-03' },
      { name: 'held', type: 'numpy.void' },
    ]);
    await session.execute('small = numpy.array([[1.5, 2], [3, 4]])').wait();
    expect((await session.parts(['small'], { asCode: true })).code).toBe(
      "np.array([[1.5, 2.0], [3.0, 4.0]], dtype='float64')",
    );
    expect((await session.parts(['frame'], { asCode: true })).code).toBeUndefined();
  });

  test('arrays of Arrow, indexes and moments of pandas have sizes, parts and values', async (context) => {
    const python = pythonWith('pandas', 'pyarrow');
    if (!python) context.skip('no Python here has pandas and pyarrow');
    session = await ExtSession.start(python ? { interpreter: python.executable } : {});
    await run(`
import datetime, pandas as pd, pyarrow as pa
called = []
class Zone(datetime.tzinfo):
    def utcoffset(self, when): called.append(when); return datetime.timedelta(hours=1)
table = pa.table({'n': [1, None], 's': [{'a': 1}, None]})
batch, column, array, nested = table.to_batches()[0], table['n'], pa.array([1.5, None, 3]), table['s']
labels, span, pairs = pd.Index(['x', 'y']), pd.RangeIndex(10**9), pd.MultiIndex.from_product([[1, 2], ['a', 'b']])
at, odd, length, never = pd.Timestamp('2026-02-03', tz='UTC'), pd.Timestamp('2026-02-03'), pd.Timedelta(days=1), pd.NaT
far = pd.Timestamp(datetime.datetime(2026, 2, 3, tzinfo=Zone()))
called.clear()`);
    const told = await session.variables({ details: true });
    const of = (name: string) => told.find((each) => each.name === name) ?? {};
    expect(of('batch')).toMatchObject({ size: '2 x 2', summary: 'n, s', parts: 2 });
    expect(of('column')).toMatchObject({ size: '2', parts: 2 });
    expect(of('array')).toMatchObject({ size: '3', parts: 3, bytes: 25 });
    expect(of('span')).toMatchObject({ size: '1000000000', parts: 1_000_000_000 });
    expect(of('at')).toMatchObject({ summary: '2026-02-03 00:00:00+00:00' });
    expect(of('length')).toMatchObject({ summary: '1 days 00:00:00' });
    expect(of('never')).toMatchObject({ summary: 'NaT' });
    expect(of('far')).not.toHaveProperty('summary');
    const parts = async (name: string) =>
      (await session.parts([name])).items.map(({ code, summary }) => [code, summary]);
    expect(await parts('array')).toEqual([
      ['[0].as_py()', '1.5'],
      ['[1].as_py()', 'None'],
      ['[2].as_py()', '3.0'],
    ]);
    expect((await parts('nested'))[0]).toEqual(['[0]', undefined]);
    expect((await parts('pairs'))[3]).toEqual(['[3]', "(2, 'b')"]);
    expect(await session.evaluate('called')).toEqual([]);
  });

  test('a namespace that changes all the time is still told', async () => {
    await start('import sys');
    const busy = session.execute(
      'print("on", flush=True)\nd = {}\nwhile True:\n    for i in range(1000): d[i] = globals()["v%d" % i] = [i]\n    for i in range(1000): del d[i]; del globals()["v%d" % i]',
    );
    for await (const output of busy) if (output.type === 'stream') break;
    for (let time = 0; time < 20; time++) expect(await variable('sys')).toBeDefined();
    await session.interrupt();
  });

  test('are told once, and then only what has changed', async () => {
    await start("a, b, c, text = 1, [1], {'k': [1]}, 'x' * 1000");
    const first = await session.variableChanges(0);
    expect([first.isWhole, first.changed.map(({ name }) => name)]).toEqual([true, ['a', 'b', 'c', 'text']]);
    await run("b.append(2)\nc['k'].append(2)\ndel a\nd = None\ntext += 'y'");
    const second = await session.variableChanges(first.revision);
    expect([second.isWhole, second.gone]).toEqual([false, ['a']]);
    expect(Object.fromEntries(second.changed.map(({ name, summary }) => [name, summary?.slice(0, 12)]))).toEqual({
      b: '[1, 2]',
      c: "{'k': [1, 2]",
      d: 'None',
      text: "'xxxxxxxxxxx",
    });
    await session.variables({ details: true });
    expect(await session.variableChanges(second.revision)).toMatchObject({ isWhole: false, changed: [], gone: [] });
    const anew = await session.variableChanges(first.revision);
    expect([anew.isWhole, anew.changed.length]).toEqual([true, 4]);
  });

  test('of which there are many come whole, up to 5,000', async () => {
    await start("for _i in range(5010): globals()['n%d' % _i] = [_i]");
    const { revision, changed } = await session.variableChanges(0);
    expect(changed).toHaveLength(5000);
    expect(changed.at(-1)).toMatchObject({ type: 'list' });
    await run('n4000.append(1)');
    expect((await session.variableChanges(revision)).changed.map(({ name }) => name)).toEqual(['n4000']);
  });

  test('are not kept alive, and none of their code runs', async () => {
    await start(`${TRAP}\nimport weakref\nclass P: pass\np = P(); gone = weakref.ref(p)`);
    const { revision } = await session.variableChanges(0);
    await session.variableChanges((await session.variableChanges(revision)).revision);
    await run('del p');
    expect(await session.evaluate('gone() is None')).toBe(true);
    expect(await session.evaluate('ran')).toEqual([]);
  });
});
