import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession, type ExtResults } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

describe.each(testPythons())('Modules of Python $version that have changed', ({ executable }) => {
  let session: ExtSession;
  let folder: string;
  let written = 0;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'extsession-reload-'));
    session = await ExtSession.start({ interpreter: executable, cwd: folder, reload: [folder] });
    await run('import sys; sys.path.insert(0, "")');
  });
  afterEach(async () => {
    await session.exit();
    await rm(folder, { recursive: true });
  });

  /** As an editor saves it; each time at another second, which Python's own cache goes by. */
  const write = async (name: string, source: string): Promise<void> => {
    const file = path.join(folder, `${name}.py`);
    await writeFile(file, source);
    const time = Date.now() / 1000 + ++written;
    await utimes(file, time, time);
  };
  const run = async (source: string): Promise<ExtResults> => {
    const results = session.execute(source);
    await results.wait();
    return results;
  };
  const printed = async (source: string): Promise<string> => {
    const results = await run(source);
    return results.stdout + results.stderr;
  };
  const told = ({ outputs }: ExtResults): unknown[] =>
    outputs.flatMap((output) => ('data' in output ? [output.data['text/plain']] : []));

  test('are loaded anew before the next command, which says so', async () => {
    await write('utils', 'def f(): return 1');
    await run('import utils');
    await write('utils', 'def f(): return 2');
    const results = await run('print(utils.f())');
    expect(results.stdout).toBe('2\n');
    expect(told(results)).toEqual(['\x1b[2mreloaded utils\x1b[22m']);
    expect(told(await run('print(utils.f())'))).toEqual([]);
  });

  test('renew functions that were imported, kept, decorated or bound', async () => {
    const source = (answer: number) => `
import functools
def loud(f):
    @functools.wraps(f)
    def call(*args): return "loud", f(*args)
    return call
def plain(n=${String(answer)}): return n
@loud
def decorated(): return ${String(answer)}
class Counter:
    def count(self): return ${String(answer)}
    @property
    def total(self): return ${String(answer)}
    @staticmethod
    def static(): return ${String(answer)}
    @classmethod
    def of(cls): return ${String(answer)}`;
    await write('utils', source(1));
    await run(
      'from utils import plain, decorated as other, Counter\ncounter = Counter()\nbound, static, of = counter.count, Counter.static, Counter.of',
    );
    const ask = 'print(plain(), other(), bound(), counter.total, static(), of())';
    expect(await printed(ask)).toBe("1 ('loud', 1) 1 1 1 1\n");
    await write('utils', source(2));
    expect(await printed(ask)).toBe("2 ('loud', 2) 2 2 2 2\n");
  });

  test('renew classes: instances, subclasses and super() stay what they are', async () => {
    const source = (answer: number, more = '') => `
class Base:
    def name(self): return "base ${String(answer)}"
class Derived(Base):
    def name(self): return super().name() + "!"
${more}`;
    await write('shapes', source(1));
    await run('import shapes\nfrom shapes import Derived\none = Derived()');
    await write('shapes', source(2, '    def added(self): return self.name() + "+"'));
    expect(await printed('print(one.name(), one.added(), isinstance(one, Derived), Derived is shapes.Derived)')).toBe(
      'base 2! base 2!+ True True\n',
    );
    expect(await printed('import pickle; print(pickle.loads(pickle.dumps(one)).name())')).toBe('base 2!\n');
    await write('shapes', source(3));
    expect(await printed('print(hasattr(one, "added"), issubclass(Derived, shapes.Base))')).toBe('False True\n');
  });

  test('replace a class that gets its first base: instances of its subclasses have it, too', async () => {
    await write('shapes', 'class Base:\n    def name(self): return 1\nclass Derived(Base): pass');
    await run('import shapes\nfrom shapes import Base\nbase, derived = Base(), shapes.Derived()');
    await write(
      'shapes',
      'class First:\n    def named(self): return 2\nclass Base(First):\n    def name(self): return super().named()\nclass Derived(Base): pass',
    );
    expect(await printed('print(base.name(), Base().name(), derived.name(), isinstance(derived, Base))')).toBe(
      '1 2 2 True\n',
    );
  });

  test('renew enums, whose members stay the same', async () => {
    await write('colors', 'import enum\nclass Color(enum.Enum):\n    RED = 1\n    OLD = 2');
    await run('from colors import Color\nred = Color.RED');
    await write(
      'colors',
      'import enum\nclass Color(enum.Enum):\n    RED = 7\n    NEW = 3\n    def hex(self): return hex(self.value)',
    );
    expect(
      await printed(
        'print(red is Color.RED, red.value, Color(7) is red, list(Color), hasattr(Color, "OLD"), red.hex())',
      ),
    ).toBe('True 7 True [<Color.RED: 7>, <Color.NEW: 3>] False 0x7\n');
    expect(await printed('print(isinstance(Color.NEW, Color), Color(3) is Color.NEW, Color["NEW"] is Color.NEW)')).toBe(
      'True True True\n',
    );
  });

  test('make their tables, defaults and classes of the members and classes that stay', async () => {
    const source = (answer: number) => `
import dataclasses, enum
class Color(enum.Enum): RED = 1
class Access(enum.Flag):
    READ = 1
    WRITE = 2
class Part: pass
LABELS, KINDS, BOTH, FIRST = {Color.RED: "red"}, {"part": [Part]}, Access.READ | Access.WRITE, Part()
def label(color=Color.RED): return LABELS[color], ${String(answer)}
@dataclasses.dataclass
class Car:
    color: Color = Color.RED
class Paint:
    def is_red(self, color, *, red=Color.RED): return color is red`;
    await write('paints', source(1));
    await run('from paints import *\nred, car, both = Color.RED, Car(), Access.READ | Access.WRITE');
    await write('paints', source(2));
    expect(await printed('print(label(red), label(), Car() == car, Paint().is_red(red))')).toBe(
      "('red', 2) ('red', 2) True True\n",
    );
    expect(await printed('print(both is BOTH, both is Access.READ | Access.WRITE, isinstance(FIRST, Part))')).toBe(
      'True True True\n',
    );
    expect(await printed('print(KINDS["part"][0] is Part)')).toBe('True\n');
  });

  test('renew classes that have a metaclass of the module', async () => {
    const source = (answer: number) =>
      `class Kind(type):\n    def answer(cls): return ${String(answer)}\nclass A(metaclass=Kind): pass\nclass B(A): pass`;
    await write('kinds', source(1));
    await run('from kinds import *\nb = B()');
    await write('kinds', source(2));
    expect(await printed('print(B.answer(), isinstance(b, A), type(A) is type(B) is Kind)')).toBe('2 True True\n');
  });

  test('renew constants that commands have imported, but not what has another meaning by now', async () => {
    await write('config', 'LIMIT = 10\nNAME = "a"\nOTHER = 5');
    await run('if True:\n    from config import LIMIT, NAME as name, OTHER\nOTHER = 6; mine = LIMIT');
    await write('config', 'LIMIT = 20\nNAME = "b"\nOTHER = 7');
    expect(await printed('print(LIMIT, name, OTHER, mine)')).toBe('20 b 6 10\n');
  });

  test('keep their code where the new one fails, and say so once', async () => {
    await write('broken', 'def f(): return "old"');
    await run('import broken');
    await write('broken', 'def f(): return "new"\n1/0');
    const first = await run('print(broken.f())');
    expect(first.stdout).toBe('old\n');
    expect(first.stderr).toMatch(/^broken was not reloaded:\nTraceback[^]*broken\.py", line 2[^]*ZeroDivisionError/);
    expect(first.stderr).not.toContain('importlib');
    expect(await printed('print(broken.f())')).toBe('old\n');
    await write('broken', 'def f(: pass');
    expect(await printed('print(broken.f())')).toMatch(/^old\nbroken was not reloaded:\n[^]*SyntaxError/);
    await write('broken', 'def f(): return "mended"');
    expect(await printed('print(broken.f())')).toBe('mended\n');
  });

  test('are loaded in the order in which they need each other', async () => {
    await write('inner', 'VALUE = 1');
    await write('outer', 'from inner import VALUE\ndef f(): return VALUE');
    await run('import outer');
    await write('inner', 'VALUE = 2');
    await write('outer', 'from inner import VALUE\ndef f(): return VALUE + 10');
    expect(await printed('print(outer.f())')).toBe('12\n');
  });

  test('are left alone elsewhere', async () => {
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'extsession-elsewhere-'));
    try {
      await writeFile(path.join(elsewhere, 'far.py'), 'x = 1');
      await run(`sys.path.append(${JSON.stringify(elsewhere)})\nimport far`);
      await writeFile(path.join(elsewhere, 'far.py'), 'x = 2 # longer');
      expect(await printed('print(far.x)')).toBe('1\n');
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  test('are reloaded as the magics say, without IPython', async () => {
    await using plain = await ExtSession.start({ interpreter: executable, cwd: folder });
    const shows = async (source: string): Promise<string> => {
      const results = plain.execute(source);
      await results.wait();
      return results.stdout + results.stderr;
    };
    const edit = (name: string, n: number) => write(name, `n = ${String(n)} # ${'.'.repeat(n)}`);
    for (const name of ['one', 'two']) await edit(name, 1);
    await shows('import sys; sys.path.insert(0, ""); sys.modules["IPython"] = None');
    expect(await shows('%load_ext autoreload\n%autoreload 2\nimport one, two')).toBe('');
    for (const name of ['one', 'two']) await edit(name, 2);
    expect(await shows('print(one.n, two.n)')).toBe('2 2\n');
    await shows('%autoreload 0');
    await edit('one', 3);
    expect(await shows('print(one.n)')).toBe('2\n');
    await shows('%autoreload');
    expect(await shows('print(one.n)')).toBe('3\n');
    await shows('%autoreload 1\n%aimport two');
    for (const name of ['one', 'two']) await edit(name, 4);
    expect(await shows('print(one.n, two.n)')).toBe('3 4\n');
    await shows('%autoreload complete\n%aimport -two');
    await edit('two', 5);
    expect(await shows('print(one.n, two.n)')).toBe('4 4\n');
    expect(await shows('%reload_ext autoreload\n%aimport')).toBe(
      'Modules to reload: all-except-skipped\nModules to skip: two\n',
    );
    expect(await plain.execute('%autoreload 9').wait()).toMatchObject({
      error: { name: 'UsageError', message: "%autoreload takes 0, 1, 2, 3 or now, not '9'." },
    });
    expect(await plain.execute('%load_ext line_profiler').wait()).toMatchObject({
      error: { message: '%load_ext line_profiler needs IPython. `%pip install ipython` brings it.' },
    });
  });
});
