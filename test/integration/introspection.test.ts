import { afterEach, describe, expect, test } from 'vitest';
import { ExtSession, type Completions, type Variable } from '../../src/library.js';
import { pythonWith, testPythons } from '../support/pythons.js';

const names = ({ items }: Completions): string[] => items.map(({ text }) => text);

/** The code without its `|`, and where that stood. */
function atCursor(text: string): [code: string, offset: number] {
  const offset = text.indexOf('|');
  return [text.slice(0, offset) + text.slice(offset + 1), offset];
}

/** Every way in which an object may run code of the user's when it is looked at. Each leaves a trace. */
const TRAP = `
ran = []
class Meta(type):
    def __getattribute__(cls, name): ran.append(name); return type.__getattribute__(cls, name)
    def __eq__(cls, other): ran.append('class eq'); return cls is other
    def __hash__(cls): ran.append('class hash'); return 1
    def __instancecheck__(cls, one): ran.append('instancecheck'); return True
    def __dir__(cls): ran.append('dir'); return []
bare = eval("type('WithoutModule', (), {})()", {})
class Trap(metaclass=Meta):
    slot = 1
    def method(self, first, *, option=None): pass
    def __getattribute__(self, name): ran.append(name); raise RuntimeError
    def __getattr__(self, name): ran.append(name)
    def __dir__(self): ran.append('dir'); return []
    def __repr__(self): ran.append('repr'); return ''
    def __len__(self): ran.append('len'); return 0
    def __iter__(self): ran.append('iter')
    def __eq__(self, other): ran.append('eq')
    def __hash__(self): return 1
    def __bool__(self): ran.append('bool')
    @property
    def costly(self): ran.append('costly')
trap = Trap()
traps = {trap: trap, 'nested': [trap]}
del ran[:]`;

describe.each(testPythons())('About Python $version', ({ executable }) => {
  let session: ExtSession;
  afterEach(async () => {
    await session.exit();
  });

  const start = async (source = ''): Promise<void> => {
    session = await ExtSession.start({ interpreter: executable });
    expect(await session.execute(source).wait()).toMatchObject({ status: 'ok' });
  };
  const variable = async (name: string): Promise<Variable | undefined> =>
    (await session.variables()).find((one) => one.name === name);
  const completed = async (text: string): Promise<string[]> => names(await session.complete(...atCursor(text)));
  const described = async (text: string): Promise<unknown> =>
    (await session.inspect(...atCursor(text)))?.['text/plain'];

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

  test('questions are answered while a command runs', async () => {
    await start('answer = 42');
    const busy = session.execute('print("on", flush=True)\nwhile True: pass');
    for await (const output of busy) if (output.type === 'stream') break;
    expect(await variable('answer')).toEqual({ name: 'answer', type: 'int', summary: '42' });
    expect(await completed('ans|')).toEqual(['answer']);
    expect(await described('ans|wer')).toBe('answer: int = 42');
    await session.interrupt();
  });

  test('a question that can not be answered holds up neither input nor interrupts', async () => {
    await start(`
import sys, threading
class Hanging:
    def find_spec(self, name, path=None, target=None):
        if 'extsession' in name: threading.Event().wait()
sys.meta_path.insert(0, Hanging())`);
    const question = session.variables().catch((error: unknown) => error);
    session.writeLine('Ada');
    expect(await session.evaluate('input()')).toBe('Ada');
    expect(await question).toMatchObject({ code: 'TIMEOUT' });
  });

  test('no code of the user runs', async () => {
    await start(TRAP);
    await session.variables();
    await session.variables({ details: true });
    for (const path of [['trap'], ['traps'], ['traps', 0], ['traps', 1, 0], ['Trap']] as const)
      await session.parts(path, { asCode: true });
    for (const text of ['tr|', 'trap.|', 'Trap.|', 'traps["nested"][0].|', "traps['|", 'trap.method(|'])
      await completed(text);
    for (const text of ['tr|ap', 'trap.cos|tly', 'trap.meth|od', 'Tra|p', 'trap.method(|']) await described(text);
    expect(await session.evaluate('ran')).toEqual([]);
    expect(await completed('trap.|')).toEqual(['costly', 'method', 'slot']);
    expect(await described('trap.cos|tly')).toBeUndefined();
  });

  test('names, attributes, items, arguments and keywords are completed', async () => {
    await start(
      "import os\nvalues = {'first': 'text', 'second': [1j]}\ndef greet(name, *, loud=False): pass\nclass Pet:\n    kind = 'cat'\n    def __init__(self, age): self.age = age\n    def speak(self, times): pass\npet = Pet(3)",
    );
    expect(await completed('values|')).toEqual(['values']);
    expect(await completed('whi|')).toEqual(['while']);
    expect(await completed('x = pet.|')).toEqual(['age', 'kind', 'speak']);
    expect(await completed("values['second'][0].im|")).toEqual(['imag']);
    expect(await completed("values['first'].is_|")).toEqual([]);
    expect(await completed("values['first'].isal|")).toEqual(['isalnum', 'isalpha']);
    expect(await completed("values['f|")).toEqual(['first']);
    expect(await completed("'a'.joi|")).toEqual(['join']);
    expect((await completed('greet("a", lo|'))[0]).toBe('loud=');
    expect((await completed('pet.speak(|'))[0]).toBe('times=');
    expect(await completed('os.path.joi|')).toEqual(['join']);
    expect((await session.complete('pet.__cl', 8)).items).toContainEqual({ text: '__class__', kind: 'property' });
  });

  test('a list says whether there is more to ask for', async () => {
    await start('class Pet:\n    _kind = name = 1\npet = Pet()\nglobals().update({f"n_{i}": i for i in range(2000)})');
    const isIncomplete = async (text: string) => (await session.complete(...atCursor(text))).isIncomplete ?? false;
    expect(await completed('n_|')).toHaveLength(1000);
    expect(await isIncomplete('n_|')).toBe(true);
    expect(await isIncomplete('n_19|')).toBe(false);
    expect(await isIncomplete('pet.|')).toBe(true);
    expect(await isIncomplete('pet.n|')).toBe(false);
    expect(await isIncomplete('pet._|')).toBe(false);
    expect(await isIncomplete('# n|')).toBe(false);
  });

  test('imports are completed without importing', async () => {
    await start();
    expect(await completed('import xml.do|')).toEqual(['dom']);
    expect(await completed('from xml import sa|')).toEqual(['sax']);
    expect(await completed('from os.pa|')).toEqual(['path']);
    expect(await session.evaluate("'xml' in __import__('sys').modules")).toBe(false);
  });

  test('nothing is offered in strings, comments and where only running code could tell', async () => {
    await start('text = "a"');
    for (const where of ['"tex|', '# tex|', 'text.upper().|', 'unknown.|', 'def te|', '1.|', '"""\ntex|']) {
      expect(await completed(where), where).toEqual([]);
    }
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
    await session.execute('small = numpy.array([[1.5, 2], [3, 4]])').wait();
    expect((await session.parts(['small'], { asCode: true })).code).toBe(
      "np.array([[1.5, 2.0], [3.0, 4.0]], dtype='float64')",
    );
    expect((await session.parts(['frame'], { asCode: true })).code).toBeUndefined();
  });

  test('offsets count UTF-16 code units', async () => {
    await start('größe = 1');
    const code = "'😀'; grö";
    expect(await session.complete(code, code.length)).toEqual({
      start: 6,
      end: 9,
      items: [{ text: 'größe', kind: 'variable', type: 'int' }],
    });
    expect(await described("'😀'; grö|ße")).toBe('größe: int = 1');
  });

  test('a function, a class, a method and a module are described', async () => {
    await start(
      'import math\ndef f(a: int, b="x", *rest, key: str = None, **more) -> float:\n    """First line.\n\n    Second."""\nclass C:\n    """A class."""\n    def __init__(self, size): pass\n    @classmethod\n    def make(cls, x): pass',
    );
    expect(await described('f|(1)')).toBe(
      "def f(a: int, b='x', *rest, key: str = None, **more) -> float\n\nFirst line.\n\nSecond.",
    );
    expect(await described('f(1, |')).toBe(await described('f|'));
    expect(await described('C|')).toBe('class __main__.C(size)\n\nA class.');
    expect(await described('C.ma|ke')).toBe('def make(x)');
    expect(await described('math|')).toMatch(/^module math\n\n/);
    expect(await described('"a".stri|p')).toMatch(/^def strip\(chars=None, \/\)\n\n/);
    expect(await session.inspect('f', 0)).toHaveProperty(
      ['text/markdown'],
      expect.stringContaining('```python\ndef f('),
    );
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

  test('a death or a restart in between rejects, and so does a dead session', async () => {
    await start();
    session.execute('import time; time.sleep(60)');
    process.kill(Number(session.pid), 'SIGSTOP');
    const asked = session.variables();
    process.kill(Number(session.pid), 'SIGKILL');
    await expect(asked).rejects.toMatchObject({ code: 'SESSION_DEAD' });
    await expect(session.complete('a', 1)).rejects.toMatchObject({ code: 'SESSION_DEAD' });
    await session.restart();
    process.kill(Number(session.pid), 'SIGSTOP');
    const cancelled = session.inspect('print', 1);
    const restarted = session.restart();
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    await restarted;
    expect(await session.variables()).toEqual([]);
  });
});
