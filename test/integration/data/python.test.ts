import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testPythons } from '../../support/pythons.js';
import { never, Viewed } from '../../support/viewedData.js';

const viewed = new Viewed();
afterAll(() => viewed.session.exit());

describe.each(testPythons())('the data grid in Python $version', ({ executable }) => {
  beforeAll(() => viewed.start({ interpreter: executable }));
  afterAll(() => viewed.session.exit());

  test('sees a list of dicts as a table, with what is missing told apart', async () => {
    await viewed.run(`
trips = [{'id': 1, 'fare': 9.5, 'note': 'late'}, {'id': 2**70, 'fare': float('nan'), 'note': None}, {'id': 3}]`);
    expect(await viewed.window('trips')).toMatchObject({
      type: 'list',
      rows: 3,
      columns: 3,
      heads: [
        ['id', 'int', 'n'],
        ['fare', 'float', 'n'],
        ['note', 'str', 't'],
      ],
      cells: [
        [
          ['n', '1'],
          ['n', '1180591620717411303424'],
          ['n', '3'],
        ],
        [
          ['n', '9.5'],
          ['m', 'NaN'],
          ['m', ''],
        ],
        ['late', ['m', 'None'], ['m', '']],
      ],
    });
  });

  test('sees a dict of lists, lists of lists and lists of values', async () => {
    await viewed.run(
      "columns = {'a': [1, 2], 'b': ('x',)}\nmatrix = [[1, 2], [3]]\nvalues = ['a', b'\\xff', {1}, 10**5000]",
    );
    expect((await viewed.window('columns')).cells).toEqual([
      [
        ['n', '1'],
        ['n', '2'],
      ],
      ['x', ['m', '']],
    ]);
    expect((await viewed.window('matrix')).heads.map(([name]) => name)).toEqual(['[0]', '[1]']);
    const [cells = []] = (await viewed.window('values')).cells;
    expect(cells.slice(0, 3)).toEqual(['a', ['v', "b'\\xff'"], ['o', '{1}']]);
    expect(cells[3]?.[1]).toMatch(/^0x[\da-f]+$/);
  });

  test('sees keys that are no text, named tuples and instances as rows', async () => {
    await viewed.run(`
import collections
Trip = collections.namedtuple('Trip', 'city fare')
class Stop:
    def __init__(self, **own): self.__dict__.update(own)
    @property
    def computed(self): raise AssertionError
keyed = [{1: 'a', None: 'b'}, {'1': 'c', 2.5: 'd'}]
years = {2023: [1, 2], 2024: [3]}
named = [Trip('Rome', 7), Trip('Oslo', 9), None, Trip('Bonn', 2)][:2]
stops = [Stop(name='x', _hidden=1), Stop(name='y', at=3)]
empty = [{}, {}]
mixed = [Stop(name='x'), 5]`);
    const seen = async (name: string): Promise<unknown> => {
      const { heads, cells } = await viewed.window(name);
      return [
        heads.map(([head]) => head),
        cells.map((column) => column.map((cell) => (Array.isArray(cell) ? cell[1] : cell))),
      ];
    };
    expect(await seen('keyed')).toEqual([
      ['1', 'None', '1', '2.5'],
      [
        ['a', ''],
        ['b', ''],
        ['', 'c'],
        ['', 'd'],
      ],
    ]);
    expect(await seen('years')).toEqual([
      ['2023', '2024'],
      [
        ['1', '2'],
        ['3', ''],
      ],
    ]);
    expect(await seen('named')).toEqual([
      ['city', 'fare'],
      [
        ['Rome', 'Oslo'],
        ['7', '9'],
      ],
    ]);
    expect(await seen('stops')).toEqual([
      ['name', 'at'],
      [
        ['x', 'y'],
        ['', '3'],
      ],
    ]);
    for (const name of ['empty', 'mixed']) expect(await seen(name)).toMatchObject([['value'], [{}]]);
  });

  test('sees instances whose class declares their attributes as rows', async () => {
    await viewed.run(`
class Point:
    __slots__ = ('x', 'y', '_own')
    def __init__(self, x): self.x = x
class Named(Point):
    def __init__(self, x, name): self.x, self.y, self.name = x, 0, name
points, named = [Point(1), Point(2)], [Named(1, 'a'), Named(2, 'b')]`);
    const heads = async (name: string) => (await viewed.window(name)).heads.map(([head]) => head);
    expect(await heads('points')).toEqual(['x', 'y']);
    expect(await heads('named')).toEqual(['x', 'y', 'name']);
    expect((await viewed.window('points')).cells).toEqual([
      [
        ['n', '1'],
        ['n', '2'],
      ],
      [
        ['m', ''],
        ['m', ''],
      ],
    ]);
  });

  test('reads only the rows and columns that are asked for', async () => {
    await viewed.run("many = [{'c%d' % c: r * c for c in range(30)} for r in range(500)]");
    const window = await viewed.window('many', { rows: [490, 600], columns: [2, 4] });
    expect([window.rows, window.columns, window.start]).toEqual([500, 30, [490, 2]]);
    expect(window.cells.map((column) => column.length)).toEqual([10, 10]);
    expect(window.cells[0]?.[0]).toEqual(['n', '980']);
  });

  test('says what is no table, and what is gone', async () => {
    await viewed.run('number = 5');
    expect(await viewed.ask({ name: 'number', path: [] })).toEqual({ problem: 'unsupported', type: 'int' });
    expect(await viewed.ask({ name: 'nothing', path: [] })).toEqual({ problem: 'gone' });
    expect(await viewed.ask({ kept: 99 })).toEqual({ problem: 'gone' });
  });

  test('keeps what extsession.view is given, and shows it', async () => {
    const results = viewed.session.execute("import extsession\nextsession.view([1, 2], title='two')");
    await results.wait({ timeoutMs: 20_000 });
    const [shown] = results.outputs;
    const data = shown && 'data' in shown ? shown.data : {};
    expect(data['text/plain']).toBe('View of two');
    expect(data['application/vnd.extsession.data+json']).toEqual({ kept: 1, title: 'two' });
    const { window } = await viewed.ask({ kept: 1 });
    expect(window?.cells).toEqual([
      [
        ['n', '1'],
        ['n', '2'],
      ],
    ]);
    await viewed.session.data({ ask: 'release', of: { kept: 1 } }, never());
    expect(await viewed.ask({ kept: 1 })).toEqual({ problem: 'gone' });
    await viewed.run('for count in range(101): extsession.view([count])');
    expect(await viewed.ask({ kept: 2 })).toEqual({ problem: 'gone' });
    expect((await viewed.ask({ kept: 102 })).window?.cells).toEqual([[['n', '100']]]);
    const refused = viewed.session.execute('extsession.view(5)');
    expect(await refused.wait({ timeoutMs: 20_000 })).toMatchObject({ error: { name: 'TypeError' } });
  });

  test('sorts by several columns and filters, in the order and with the rows that users expect', async () => {
    await viewed.run(`
people = [{'name': 'Bo', 'age': 9, 'x': None}, {'name': 'al', 'age': 10}, {'name': 'Cy', 'age': None}, {'name': 'Di', 'age': 9, 'x': 1j}]`);
    const rows = async (steps: object): Promise<unknown> => (await viewed.window('people', steps)).positions;
    const [up, down] = [
      [{ column: 1, descending: false }],
      [
        { column: 1, descending: true },
        { column: 0, descending: true },
      ],
    ];
    expect(await rows({ sort: up })).toEqual([0, 3, 1, 2]);
    expect(await rows({ sort: down })).toEqual([1, 3, 0, 2]);
    expect(await rows({ filters: [{ column: 0, test: 'contains', value: 'A' }] })).toEqual([1]);
    expect(await rows({ filters: [{ column: 1, test: 'equals', value: '9.0' }], sort: down })).toEqual([3, 0]);
    expect(await rows({ filters: [{ column: 1, test: 'atLeast', value: '10' }] })).toEqual([1]);
    expect(await rows({ filters: [{ column: 1, test: 'missing' }] })).toEqual([2]);
    expect(await rows({ filters: [{ column: -1, test: 'contains', value: 'y' }] })).toEqual([2]);
    const window = await viewed.window('people', { filters: [{ column: 1, test: 'present' }], rows: [1, 2] });
    expect([window.rows, window.total, window.cells[0]]).toEqual([3, 4, ['al']]);
  });

  test('sorts again when the data are others, or when it is asked to', async () => {
    await viewed.run('numbers = [3, 1, 2]');
    const sort = [{ column: 0, descending: false }];
    expect((await viewed.window('numbers', { sort })).positions).toEqual([1, 2, 0]);
    await viewed.run('numbers[0] = 0');
    expect((await viewed.window('numbers', { sort })).positions).toEqual([1, 2, 0]);
    expect((await viewed.window('numbers', { sort, turn: 1 })).positions).toEqual([0, 1, 2]);
    await viewed.run('numbers = [5, 4]');
    expect((await viewed.window('numbers', { sort, turn: 1 })).positions).toEqual([1, 0]);
  });

  test('runs nothing of the classes of values, keys and containers', async () => {
    await viewed.run(`
calls = []
class Meta(type):
    def __getattribute__(cls, name): calls.append(name); return type.__getattribute__(cls, name)
def noisy(name):
    def method(self, *args): calls.append(name); raise RuntimeError(name)
    return method
names = '''__repr__ __str__ __len__ __iter__ __getitem__ __hash__ __eq__ __bool__ __int__ __float__ __index__ __array__
__contains__ __format__ __lt__ __getattr__ __getattribute__ __dataframe__ __array_interface__'''.split()
body = {name: noisy(name) for name in names}
Hostile = Meta('Hostile', (), body)
Rows = Meta('Rows', (list,), {name: noisy(name) for name in names if name not in ('__hash__',)})
Keyed = Meta('Keyed', (str,), {'__repr__': noisy('repr'), '__str__': noisy('str'), '__len__': noisy('len')})
cells = [{'a': Hostile(), 'b': Rows(), 'c': [Hostile()], Keyed('k'): 1}]
whole = Rows(); one = Hostile()
calls.clear()`);
    const window = await viewed.window('cells');
    expect(window.heads.map(([name]) => name)).toEqual(['a', 'b', 'c']);
    expect(window.cells.slice(0, 2).flat()).toEqual([
      ['o', '__main__.Hostile'],
      ['o', '__main__.Rows'],
    ]);
    const [sort, filters] = [[{ column: 0, descending: false }], [{ column: -1, test: 'contains', value: 'Host' }]];
    expect((await viewed.window('cells', { sort, filters })).rows).toBe(1);
    for (const name of ['whole', 'one']) expect(await viewed.ask({ name, path: [] })).toHaveProperty('problem');
    expect(await viewed.session.evaluate('len(calls)')).toBe(0);
  });

  test('is not seen by user code, and leaves its modules alone', async () => {
    const before = await viewed.session.evaluate("sorted(n for n in __import__('sys').modules if n[0] != '_')");
    await viewed.window('trips');
    expect(await viewed.session.evaluate("sorted(n for n in __import__('sys').modules if n[0] != '_')")).toEqual(
      before,
    );
  });
});
