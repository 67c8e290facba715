import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pythonWith } from '../../support/pythons.js';
import { Viewed } from '../../support/viewedData.js';

const viewed = new Viewed();
const rich = pythonWith('numpy', 'pandas', 'polars', 'pyarrow', 'xarray');

/** Classes that note each call of what Python or a library looks for, whatever it is, and fail. */
const HOSTILE = `
import abc, collections, enum
calls = []
def noisy(name):
    def method(*args, **kwargs):
        calls.append(name)
        raise RuntimeError(name)
    return method
skipped = {'__class__', '__new__', '__init__', '__init_subclass__', '__subclasshook__', '__dict__', '__weakref__',
           '__module__', '__doc__', '__slots__', '__del__', '__array_finalize__', '__class_getitem__', '__setstate__',
           '__setitem__', '__static_attributes__', '__firstlineno__', '__annotations__', '__annotate__'}
extra = ('''__getattr__ __len__ __iter__ __next__ __getitem__ __contains__ __hash__ __eq__ __ne__ __bool__ __int__ __float__
__complex__ __index__ __array__ __array_interface__ __array_struct__ __array_ufunc__ __array_function__ __array_priority__
__dataframe__ __arrow_array__ __arrow_c_stream__ __arrow_c_array__ __arrow_c_schema__ __dlpack__ __fspath__ __repr__
__str__ __format__ __bytes__ __sizeof__ __reduce__ __reduce_ex__ __copy__ __deepcopy__ __call__ __lt__ __le__ __gt__ __ge__
__add__ __radd__ __mul__ __rmul__ __reversed__ __missing__ __length_hint__ __dir__ __instancecheck__ __subclasscheck__
_repr_html_ _repr_png_ _repr_mimebundle_ _ipython_display_ keys items values get tolist to_numpy astype take isna copy
shape dtype nbytes size name names columns index dtypes array''').split()
def hostile(base, keep=()):
    names = {*extra, *(n for n in dir(base) if n.startswith('__'))} - skipped - {*keep}
    body = {name: noisy(name) for name in sorted(names)}
    body['__getattribute__'] = noisy('__getattribute__')
    body['computed'] = property(noisy('computed'))
    class Meta(type):
        __getattribute__ = lambda cls, name: (calls.append('Meta.' + name), type.__getattribute__(cls, name))[1]
        for name in ('__instancecheck__', '__subclasscheck__', '__eq__', '__hash__', '__len__', '__iter__', '__repr__', '__call__'):
            if name != '__call__': locals()[name] = noisy('Meta.' + name)
    try:
        return Meta('Hostile', (base,), body)
    except TypeError:  # it has a metaclass of its own
        return type(base)('Hostile', (base,), body)
`;

/** Everything that views ask about variables. */
async function look(
  names: readonly string[],
  { clear = 'calls.clear()', called = 'list(dict.fromkeys(list.copy(calls)))' } = {},
): Promise<void> {
  await viewed.run(clear);
  await viewed.session.variables({ details: true });
  for (const name of names) {
    const { items } = await viewed.session.parts([name]);
    for (const at of items.keys()) await viewed.session.parts([name, at]);
    await viewed.session.parts([name], { asCode: true });
    const of = { name, path: [] };
    const sort = [{ column: 0, descending: true }];
    for (const filters of [
      [],
      [{ column: 0, test: 'contains', value: 'ost' }],
      [{ column: 0, test: 'equals', value: '1' }],
      [{ column: 0, test: 'less', value: '1' }],
      [{ column: 0, test: 'present' }],
      [{ column: -1, test: 'contains', value: 'x' }],
    ]) {
      const { window } = await viewed.ask(of, { filters, sort });
      for (let column = 0; column < Math.min(3, window?.columns ?? 0); column++) {
        await viewed.ask(of, { ask: 'statistics', column, filters });
        for (let row = 0; row < Math.min(2, window?.rows ?? 0); row++) {
          await viewed.ask(of, { ask: 'cell', row, column, filters });
          await viewed.ask(of, { ask: 'cell', row, column, path: [0], filters });
        }
      }
    }
  }
  expect(await viewed.session.evaluate(called)).toEqual([]);
}

describe('hostile objects of Python', () => {
  beforeAll(async () => {
    await viewed.start({});
    await viewed.run(HOSTILE);
  });
  afterAll(() => viewed.session.exit());

  beforeAll(() =>
    viewed.run(`
def keyed(kind):
    '''A dict whose keys are hostile only when they are in it.'''
    keys = [type('Key', (), {})(), 'text', type('Key', (), {})()]
    made = kind()
    for at, key in enumerate(keys): made.add(key) if kind is set else made.update({key: at})
    for key in keys:
        if type(key) is not str: type(key).__hash__ = type(key).__eq__ = type(key).__repr__ = noisy('key')
    return made`),
  );

  test.each([
    ['objects', 'hostile(object)()'],
    ['in lists', '[hostile(object)(), hostile(object)()]'],
    ['in rows', "[{'a': hostile(object)(), 'b': [hostile(object)()]}, {'a': 1}]"],
    ['in columns', "{'a': [hostile(object)()], 'b': (hostile(object)(),)}"],
    ['in tuples', '[(hostile(object)(), 1), (2, 3)]'],
    ['lists', 'hostile(list)([1, 2])'],
    ['lists in lists', '[hostile(list)([1]), [2]]'],
    ['dicts', "hostile(dict)({'a': [1]})"],
    ['dicts as rows', "[hostile(dict)({'a': 1}), {'a': 2}]"],
    ['tuples', 'hostile(tuple)((1, 2))'],
    ['texts', "[hostile(str)('x'), 'y']"],
    [
      'keys',
      "[{type('Key', (str,), {n: noisy(n) for n in ('__eq__', '__len__', '__repr__', '__str__', '__iter__')} | {'__hash__': str.__hash__})('k'): 1, 'a': 2}]",
    ],
    [
      'keys that look like others',
      "[{type('Key', (str,), {'__eq__': noisy('__eq__'), '__hash__': str.__hash__})('a'): 1}, {'a': 2}]",
    ],
    ['bytes', "[hostile(bytes)(b'\\x89PNG'), b'y']"],
    ['integers', '[hostile(int)(5), 4]'],
    ['floats', '[hostile(float)(5), 4.0]'],
    ['sets', '[hostile(set)(), {1}]'],
    ['exceptions', "[hostile(Exception, ['__cause__', '__context__', '__traceback__', '__suppress_context__'])('e')]"],
    ['iterators', '[iter([1, 2]), map(str, [1]), (n for n in [1])]'],
    ['user lists', 'collections.UserList([1, 2])'],
    ['default dicts', "[collections.defaultdict(noisy('factory'), {'a': 1})]"],
    ['classes', '[hostile(object)]'],
    ['values of a dict', "{'a': hostile(object)(), 'b': 2}"],
    ['rows of a dict', "{'a': {'x': hostile(object)()}, 'b': {'x': 1}}"],
    ['keys of an ordered dict', 'keyed(collections.OrderedDict)'],
    ['keys of a default dict', 'keyed(collections.defaultdict)'],
    ['keys of counters', 'keyed(collections.Counter)'],
    ['members of a deque', 'collections.deque([hostile(object)(), 1])'],
    ['members of a set', 'keyed(set)'],
  ])('run nothing: %s', async (_name, made) => {
    await viewed.run(`subject = ${made}\nwithin = [subject]\nmapped = {'one': subject}`);
    await look(['subject', 'within', 'mapped']);
  });
});

describe.skipIf(!rich)('hostile objects and libraries', () => {
  beforeAll(async () => {
    await viewed.start(rich ? { interpreter: rich.executable } : {});
    await viewed.run(`${HOSTILE}
import numpy as np, pandas as pd, polars as pl, pyarrow as pa, xarray as xr
from pandas.api.extensions import ExtensionArray, ExtensionDtype
def objects(count=2):
    array = np.empty(count, dtype=object)
    for at in range(count): array[at] = hostile(object)()
    return array
class Plain: pass
def later(make):
    '''Of objects that are hostile only when they are in it.'''
    inside = [Plain(), Plain()]
    made = make(inside)
    for one in inside: one.__class__ = hostile(object)
    return made
import datetime
class Zone(datetime.tzinfo):
    def utcoffset(self, when): calls.append('utcoffset'); return datetime.timedelta(0)
    dst = tzname = lambda self, when: calls.append('dst')
quiet = True
class Kind(ExtensionDtype):
    name = 'kind'; type = object; na_value = None
    @classmethod
    def construct_array_type(cls): return Held
class Held(ExtensionArray):
    def __init__(self, values): self._values = values
    def __getattribute__(self, name):
        if not globals()['quiet']: calls.append('Held.' + name)
        return object.__getattribute__(self, name)
    dtype = property(lambda self: Kind())
    nbytes = property(lambda self: (calls.append('nbytes'), 8)[1])
    def __len__(self):
        if not quiet: calls.append('Held.__len__')
        return len(object.__getattribute__(self, '_values'))
    def __getitem__(self, at): calls.append('Held.__getitem__'); return Held(self._values[at]) if isinstance(at, slice) else self._values[at]
    @classmethod
    def _from_sequence(cls, scalars, *, dtype=None, copy=False): return cls(list(scalars))
    def isna(self): calls.append('Held.isna'); return np.zeros(len(self._values), dtype=bool)
    def take(self, indices, **_): calls.append('Held.take'); return Held([self._values[i] for i in indices])
    def copy(self): return Held(list(self._values))
`);
  });
  afterAll(() => viewed.session.exit());

  test.each([
    ['arrays of objects', 'objects()'],
    ['arrays of arrays of objects', 'np.stack([objects(), objects()])'],
    ['arrays of no dimension', 'np.array(hostile(object)(), dtype=object) if False else objects().reshape(2, 1, 1)'],
    ['records of objects', "np.array([(objects(1)[0], 1)], dtype=[('a', object), ('b', 'i4')])"],
    [
      'subclasses of arrays',
      "np.arange(4).view(type('Mine', (np.ndarray,), {n: noisy(n) for n in ('__len__', '__getitem__', '__repr__', '__iter__', '__array_ufunc__', 'tolist', 'astype')}))",
    ],
    ['masked arrays of objects', 'np.ma.array(objects(), mask=[False, True])'],
    [
      'masked arrays of a subclass',
      "np.ma.array(np.arange(4).view(type('Mine', (np.ndarray,), {n: noisy(n) for n in ('__len__', '__getitem__', '__repr__', '__iter__', '__array_ufunc__', 'tolist', 'astype')})))",
    ],
    ['matrices of objects', 'np.array([objects()]).view(np.matrix)'],
    [
      'record arrays of objects',
      "np.array([(objects(1)[0], 1)], dtype=[('a', object), ('b', 'i4')]).view(np.recarray)",
    ],
    ['an index of objects', 'pd.Index(objects(), dtype=object)'],
    ['an index that is an array of the user', 'pd.Index(Held([1, 2]))'],
    ['levels of objects', "pd.MultiIndex.from_arrays([['x', 'y'], [1, 2]])"],
    ['an array of categories', 'later(lambda o: pd.Categorical.from_codes([0, 1], pd.Index(o, dtype=object)))'],
    ['an array of the user', 'Held([1, 2])'],
    ['arrays of Arrow', "pa.array([{'x': 1}, None])"],
    ['arrays of objects as columns', "{'a': objects(), 'b': objects()}"],
    ['columns of objects', "pd.DataFrame({'a': pd.Series(list(objects()), dtype=object), 'b': [1, 2]})"],
    ['series of objects', 'pd.Series(list(objects()), dtype=object)'],
    ['indices of objects', 'pd.DataFrame({1: [1, 2]}, index=pd.Index([1.5, None], dtype=object))'],
    [
      'subclasses of frames',
      "type('Mine', (pd.DataFrame,), {n: noisy(n) for n in ('__len__', '__getitem__', '__repr__', '__iter__', 'to_numpy', 'memory_usage')})({'a': [1]})",
    ],
    ['arrays of the user', "pd.DataFrame({'a': Held([1, 2]), 'b': [1, 2]})"],
    ['times in a zone of the user', "pd.Series(pd.to_datetime(['2024-01-01'])).dt.tz_localize(Zone())"],
    ['an index in a zone of the user', "pd.DatetimeIndex(['2024-01-01']).tz_localize(Zone())"],
    ['an array in a zone of the user', "pd.DatetimeIndex(['2024-01-01']).tz_localize(Zone()).array"],
    ['series with arrays of the user', 'pd.Series(Held([1, 2]))'],
    ['objects of polars', "later(lambda o: pl.DataFrame({'a': pl.Series('a', o, dtype=pl.Object), 'b': [1, 2]}))"],
    ['series of objects of polars', "later(lambda o: pl.Series('a', o, dtype=pl.Object))"],
    [
      'subclasses of polars',
      "type('Mine', (pl.DataFrame,), {n: noisy(n) for n in ('__len__', '__getitem__', '__repr__', '__iter__', 'to_series', 'estimated_size')})({'a': [1]})",
    ],
    ['names of columns', "pd.DataFrame([[1, 2]], columns=pd.Index(['a', hostile(object)()], dtype=object))"],
    ['an index of the user', "pd.DataFrame({'a': [1, 2]}, index=pd.Index(Held([1, 2])))"],
    ['levels of an index', "pd.DataFrame({'a': [1, 2]}, index=pd.MultiIndex.from_arrays([['x', 'y'], [1, 2]]))"],
    [
      'categories',
      "later(lambda o: pd.DataFrame({'a': pd.Categorical.from_codes([0, 1], pd.Index(o, dtype=object))}))",
    ],
    ['lists in Arrow', "pa.table({'a': [[1, 2]], 'b': [{'x': 1}]})"],
    ['xarray of objects', "later(lambda o: xr.DataArray(np.array(o, dtype=object), dims='x'))"],
    [
      'data sets of objects',
      "later(lambda o: xr.Dataset({'a': ('x', np.array(o, dtype=object)), 'b': ('x', [1, 2])}))",
    ],
  ])('run nothing: %s', async (_name, made) => {
    await viewed.run(`quiet = True\nsubject = ${made}\nwithin = [subject]\nmapped = {'one': subject}\nquiet = False`);
    await look(['subject', 'within', 'mapped']);
  });
});

const HOSTILE_JAVASCRIPT = `
var calls = [];
var note = (name) => function () { calls.push(name); throw new Error(name); };
var names = ['length', 'size', 'name', 'message', 'stack', 'cause', 'constructor', 'buffer', 'byteLength', 'byteOffset', 'toJSON',
  'toString', 'valueOf', 'inspect', 'then', 'getTime', 'toISOString', 'entries', 'keys', 'values', 'get', 'has', 'at', 'slice', 'map', 'next',
  'schema', 'batches', 'numRows', 'getChildAt', 'outerHTML', 'nodeType', 'toDataURL', 'getContext',
  Symbol.toStringTag, Symbol.iterator, Symbol.toPrimitive, Symbol.asyncIterator, Symbol.for('nodejs.util.inspect.custom')];
function hostile(Base, ...given) {
  class Hostile extends Base {
    static get name() { calls.push('static name'); return 'Hostile'; }
    static get [Symbol.species]() { calls.push('species'); return Base; }
    static [Symbol.hasInstance]() { calls.push('hasInstance'); return false; }
  }
  var made = new Hostile(...given);
  for (const name of names) if (name !== 'constructor')
    Object.defineProperty(Hostile.prototype, name, { get: note(String(name)), set() {}, configurable: true });
  return made;
}
var watched = (target) => new Proxy(target, new Proxy({}, { get(_, trap) { calls.push(trap); return undefined; } }));
`;

describe('hostile objects of JavaScript', () => {
  beforeAll(async () => {
    await viewed.start({ evaluator: 'javascript' });
    await viewed.run(HOSTILE_JAVASCRIPT);
  });
  afterAll(() => viewed.session.exit());

  test.each([
    ['objects', 'hostile(Object)'],
    ['arrays', 'hostile(Array, 1, 2, 3)'],
    ['rows', '[hostile(Object), Object.assign(hostile(Object), { a: 1 })]'],
    ['cells', '[{ a: hostile(Object), b: hostile(Array, 1, 2), c: hostile(Date, 0) }]'],
    ['typed arrays', 'hostile(Uint8Array, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])'],
    ['bytes in cells', '[{ a: hostile(Uint8Array, [0xff, 0xd8, 0xff]), b: hostile(Float64Array, 2) }]'],
    ['columns', '({ a: hostile(Array, 1, 2), b: hostile(Float64Array, 2) })'],
    ['maps', 'hostile(Map, [[1, 2]])'],
    ['sets', '[hostile(Set, [1])]'],
    ['errors', "[hostile(Error, 'x')]"],
    ['promises', '[hostile(Promise, () => {})]'],
    ['regular expressions', "[hostile(RegExp, 'x')]"],
    ['functions', "[Object.defineProperty(() => 1, 'name', { get: note('function name') })]"],
    ['proxies', '[watched({ a: 1 }), watched([1]), watched(() => 1)]'],
    ['behind proxies', '[Object.create(watched({ a: 1 }))]'],
    ['accessors', "[{ get a() { return note('a')() }, b: 1 }]"],
    ['iterators', '[[1, 2].values(), (function* () { yield note("generator")() })()]'],
    ['buffers', '[Object.defineProperty(Buffer.from([0x89, 0x50]), "length", { get: note("length") })]'],
  ])('run nothing: %s', async (_name, made) => {
    await viewed.run(`var subject = ${made}; var within = [subject]; var mapped = { one: subject };`);
    await look(['subject', 'within', 'mapped'], {
      clear: 'calls.length = 0',
      called: '[...new Set(calls)].map(String)',
    });
  });
});
