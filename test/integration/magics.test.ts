import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession, type ErrorInfo, type ExtResults } from '../../src/library.js';
import { pythonWith, testPythons } from '../support/pythons.js';

let session: ExtSession;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'extsession-magics-'));
});
afterAll(() => rm(folder, { recursive: true }));
const run = async (source: string): Promise<ExtResults> => {
  const results = session.execute(source, { filename: '/home/ada/cell.py', firstLine: 10 });
  await results.wait();
  return results;
};
const shown = async (source: string): Promise<unknown> => {
  const outcome = await (await run(source)).wait();
  return outcome.status === 'ok' ? outcome.result?.['text/plain'] : outcome;
};
const printed = async (source: string): Promise<string> => (await run(source)).stdout;
const errorOf = async (source: string): Promise<ErrorInfo | undefined> => {
  const outcome = await (await run(source)).wait();
  return 'error' in outcome ? outcome.error : undefined;
};

/** What holds with IPython and without it. */
function magics(): void {
  test.each([
    ['!echo one; echo two', 'one\ntwo\n'],
    ['n = 3\n!echo {n + 1} $n', '4 3\n'],
    ['for n in range(2):\n    !echo {n}', '0\n1\n'],
    ["word = 'a'\n!echo {word!r} {{word}}", 'a {word}\n'],
    ['!echo one \\\n  two', 'one two\n'],
    ["def f():\n    word = 'inner'\n    !echo $word\nf()", 'inner\n'],
    ['%env EXTSESSION_MAGIC=yes\n!echo $EXTSESSION_MAGIC', 'env: EXTSESSION_MAGIC=yes\nyes\n'],
    ['%%bash\nfor n in 1 2; do echo $n; done', '1\n2\n'],
    ['# %% its marker\n%%sh\necho "it\'s $((1 + 1))"', "it's 2\n"],
    ['%%capture kept\nprint("hidden")\n1', ''],
    ['%%capture kept\n!echo hidden; echo hidden >&2', ''],
    ['%matplotlib inline\nprint("on")', 'on\n'],
  ])('%j prints', async (source, output) => {
    expect(await printed(source)).toBe(output);
  });

  test.each([
    ['x = !echo a; echo b\nlist(x)', "['a', 'b']"],
    [
      'import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as x:\n    !echo a; echo b\nx.getvalue()',
      "'a\\nb\\n'",
    ],
    ['def f():\n    n = 1\n    r = %timeit -q -o -n 1 -r 2 n + 1\n    return len(r.all_runs)\nf()', '2'],
    ['x = !echo a b; echo c d\nx.s, x.n, x.l == x, x.p', "('a b c d', 'a b\\nc d', True, [])"],
    [
      'x = !echo a 10; echo b; echo c 9\nx.grep("A"), x.grep("a", prune=True), x.grep("9", field=1)',
      "(['a 10'], ['b', 'c 9'], ['c 9'])",
    ],
    [
      'x.fields(0), x.fields(1, 0), x.fields()',
      "(['a', 'b', 'c'], ['10 a', 'b', '9 c'], [['a', '10'], ['b'], ['c', '9']])",
    ],
    ['x.sort(1), x.sort(1, nums=True)', "(['b', 'a 10', 'c 9'], ['b', 'c 9', 'a 10'])"],
    ['import pickle\npickle.loads(pickle.dumps(x)) == list(x)', 'True'],
    ['import os\nhere = %pwd\nhere == os.getcwd()', 'True'],
    ['%time 6 * 7', '42'],
    ['%%time\nn = 6\nn * 7', '42'],
    ['%time m = 5\nm', '5'],
    ['!sh -c "exit 3"\n_exit_code', '3'],
    ['lost = !ls /nowhere\nlen(lost)', '1'],
    ['%timeit', undefined],
    ['%precision 3', "'%.3f'"],
    ['3.14159', '3.142'],
    ['%precision %.2e\n1234.5', '1.23e+03'],
    ['%precision\n3.14159', '3.14159'],
    ['a = 7 \\\n%4\na', '3'],
    ['a = """\n!ls\n%time"""\na', "'\\n!ls\\n%time'"],
    ['a = (7\n%4)\na', '3'],
  ])('%j has a value', async (source, value) => {
    expect(await shown(source)).toBe(value);
  });

  test('keep what a cell shows, to show it later', async () => {
    await run('%%capture kept\nprint("out")\ndisplay(1)');
    expect(await shown('kept.stdout')).toBe("'out\\n'");
    expect(await printed('kept.show()')).toBe('out\n');
    await run('%%capture kept\n!echo out; echo err >&2');
    expect(await shown('kept.stdout, kept.stderr')).toBe("('out\\n', 'err\\n')");
  });

  test('write files, run them and go to their folder', async () => {
    const file = path.join(folder, 'made.py');
    await run(`%%writefile ${file}\nimport sys\nmade = __name__, sys.argv[1:]`);
    expect(await readFile(file, 'utf8')).toBe('import sys\nmade = __name__, sys.argv[1:]\n');
    await run(`place = ${JSON.stringify(file)}`);
    await run('%%writefile --append {place}\nmade += (1,)');
    expect(await readFile(file, 'utf8')).toContain('argv[1:]\nmade += (1,)\n');
    await run(`%cd ${folder}`);
    expect(await shown('%run made.py first "the second"\nmade')).toBe("('__main__', ['first', 'the second'], 1)");
  });

  test('time code', async () => {
    expect(await printed('%time pass')).toMatch(/^CPU times: user .* sys: .* total: .*\nWall time: [\d.]+ [µμnm]?s\n$/);
    expect(await printed('%timeit -n 10 -r 2 len([])')).toMatch(
      /per loop \(mean ± std\. dev\. of 2 runs, 10 loops each\)/,
    );
    expect(await printed('def f():\n    word = "inner"\n    %time print(word)\nf()')).toMatch(/^inner\nCPU/);
    expect(await printed('%%timeit -n 10 -r 2 x = 3\nx + 1')).toContain('10 loops each');
  });

  test('use the pip of the session', async () => {
    expect(await printed('%pip --version')).toContain('pip ');
  });

  test('list the names of the session', async () => {
    expect(await printed('first, second = 1, "x"\n%who')).toMatch(/first[^]*second/);
    expect(await printed('%whos str')).toMatch(/second\s+str\s+x|second\s+str\s+'x'/);
  });

  test('fail where the code of the cell fails, in the lines of its file', async () => {
    const error = await errorOf('%%time\nn = 1\nn / 0');
    expect(error).toMatchObject({ name: 'ZeroDivisionError' });
    expect(error?.frames.at(-1)).toMatchObject({ file: '/home/ada/cell.py', line: 12, source: 'n / 0' });
  });

  test('fail where the script that they run fails', async () => {
    const script = path.join(folder, 'fails.py');
    await run(`%%writefile ${script}\ndef f():\n    1 / 0\nf()`);
    const error = await errorOf(`%run ${script}`);
    expect(error).toMatchObject({ name: 'ZeroDivisionError' });
    expect(error?.frames[0]).toMatchObject({ file: '/home/ada/cell.py', line: 10 });
    expect(error?.frames.slice(-2)).toMatchObject([
      { file: script, line: 3 },
      { file: script, line: 2 },
    ]);
    expect(await errorOf(`%%writefile ${script}\nimport sys; sys.exit(0)`)).toBeUndefined();
    expect(await errorOf(`%run ${script}`)).toBeUndefined();
  });

  test('leave other errors as they are', async () => {
    expect(await errorOf('!echo 1\nx = = 2')).toMatchObject({ name: 'SyntaxError', frames: [{ line: 11 }] });
    expect((await errorOf('!echo 1\n1 / 0'))?.frames).toMatchObject([{ line: 11, source: '1 / 0' }]);
  });

  test.each(['!echo on; sleep 60; echo off', '%%bash\necho on; sleep 60; echo off', '%run goes_on.py'])(
    '%j writes as it goes, and ends when it is interrupted',
    async (source) => {
      await run(`%cd ${folder}`);
      await run('%%writefile goes_on.py\nimport time\nprint("on")\ntime.sleep(60)');
      const results = session.execute(source);
      await new Promise<void>((resolve) => {
        const listening = results.onDidReceiveOutput(() => {
          listening.dispose();
          resolve();
        });
      });
      await session.interrupt();
      expect(await results.wait()).toMatchObject({ status: 'interrupted' });
      expect(results.stdout).toMatch(/^on\n(?!off)/);
    },
  );
}

describe.each(testPythons())('Without IPython, magics of Python $version', ({ executable }) => {
  beforeAll(async () => {
    session = await ExtSession.start({ interpreter: executable });
    await run("import sys\nsys.modules['IPython'] = None");
  });
  afterAll(() => session.exit());

  test('leave no trace before one is used', async () => {
    const source = "[n for n in sys.modules if 'extsession' in n], hasattr(__builtins__, 'get_' + 'ipython')";
    expect(await shown(source)).toBe('([], False)');
  });

  magics();

  test('that only IPython has say how to get it', async () => {
    for (const source of ['%lsmagic', '%%script\nx'])
      expect(await errorOf(source)).toMatchObject({
        name: 'UsageError',
        message: expect.stringContaining('`%pip install ipython` brings it.') as string,
        frames: [{ file: '/home/ada/cell.py', line: 10 }],
      });
    for (const [source, name] of [
      ['get_ipython()', 'NameError'],
      [`raise ModuleNotFoundError("No module named 'IPython'", name='IPython')`, 'ModuleNotFoundError'],
    ] as const)
      expect(await errorOf(source)).toMatchObject({
        name,
        message: expect.stringContaining('`%pip install ipython`') as string,
        traceback: expect.stringMatching(/`%pip install ipython` installs it\n$/) as string,
      });
  });

  test('format values as f-strings do', async () => {
    expect(await printed('part = 1.25\n!echo {part:.1f} {1..3}')).toMatch(/^1\.2 /);
  });

  test('tell of an object', async () => {
    await session.execute('def area(width, height=1):\n    """Of a rectangle."""\n    return width * height').wait();
    expect(await printed('area?')).toMatch(
      /^Signature: {1,2}area\(width, height=1\)\n[^]*Docstring: Of a rectangle\.\n/,
    );
    expect(await printed('??area')).toMatch(/Source:\s+def area\(width, height=1\):\n/);
    expect(await printed('missing?')).toBe('Object `missing` not found.\n');
    expect(await printed('import os\nos.path.*name?')).toBe('os.path.basename\nos.path.dirname\n');
  });

  test('are completed by their names', async () => {
    await printed('remainder = 3');
    const offered = async (source: string) =>
      (await session.complete(source, source.length)).items.map(({ text }) => text);
    expect(await offered('x = 1\n%tim')).toEqual(['%time', '%timeit']);
    expect(await offered('here = %pw')).toEqual(['%pwd']);
    for (const source of ['x = (10\n  % remai', 'x = (10\n  %remai', 'x = 10 \\\n%remai', 'x = 10 %remai'])
      expect(await offered(source)).toEqual(['remainder']);
    expect(await offered('x = """\n%tim')).toEqual([]);
  });
});

describe('With IPython, magics', () => {
  const python = pythonWith('IPython');
  beforeAll(async () => {
    if (python) session = await ExtSession.start({ interpreter: python.executable });
  });
  afterAll(() => (python ? session.exit() : undefined));
  beforeEach(({ skip }) => {
    if (!python) skip('IPython: no Python here has it');
  });

  test('bring no thread, no prompt and no path of their own', async () => {
    const plain = await shown("import sys\n'' in sys.path");
    await run('%time 1');
    const source = "import threading\nthreading.active_count(), hasattr(sys, 'ps1'), '' in sys.path";
    expect(await shown(source)).toBe(`(1, False, ${String(plain)})`);
  });

  magics();

  test('are its own, over the names of the session', async () => {
    await run('n = 41');
    expect(await shown("get_ipython().run_line_magic('time', 'n + 1')")).toBe('42');
    expect(await shown("type(get_ipython()).__module__.split('.')[0]")).toBe("'IPython'");
    expect(await errorOf('%nosuch')).toMatchObject({ name: 'UsageError' });
  });

  test('show what they return as IPython does', async () => {
    expect(await shown('%lsmagic')).toContain('Available line magics');
    await run(`%%writefile ${path.join(folder, 'loaded.py')}\nloaded = 1`);
    expect(await printed(`%load ${path.join(folder, 'loaded.py')}`)).toContain('loaded = 1');
  });

  test('include those that wait for a program of IPython', async () => {
    for (const source of [
      'unwanted = 1\n%xdel unwanted',
      '%gui',
      '%gui inline',
      '%store',
      'try: import matplotlib\nexcept ImportError: pass\nelse: get_ipython().enable_pylab(import_all=False)',
    ])
      expect(await errorOf(source), source).toBeUndefined();
  });

  test('look into the last error, and go on', async () => {
    await run('1 / 0');
    expect(await printed('%debug')).toContain('ipdb>');
    expect(await shown('1')).toBe('1');
  });

  test('know the commands before them', async () => {
    await run('remembered = 7 * 6');
    expect(await printed('%history')).toMatch(/remembered = 7 \* 6\n%history\n$/);
    expect(await shown('In[-2], get_ipython().execution_count == len(In) - 1')).toBe("('%history', True)");
  });

  test('show no frames of IPython', async () => {
    const error = await errorOf('%timeit -n1 -r1 1 / 0');
    expect(error?.name).toBe('ZeroDivisionError');
    expect(error?.traceback).not.toContain('IPython');
  });

  test('reload modules that have changed', async () => {
    const file = path.join(folder, 'changing.py');
    await run(`%cd ${folder}\n%load_ext autoreload\n%autoreload 2`);
    await run(`%%writefile ${file}\ndef answer(): return 'first'`);
    expect(await shown('from changing import answer\nanswer()')).toBe("'first'");
    await run(`%%writefile ${file}\ndef answer(): return 'second one'`);
    expect(await shown('answer()')).toBe("'second one'");
  });

  test('show help', async () => {
    const results = session.execute('len?');
    await results.wait();
    expect(JSON.stringify(results.outputs)).toContain('Return the number of items in a container');
  });
});
