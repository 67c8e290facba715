import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { pythonWith, testPythons } from '../support/pythons.js';

/** What a command prints when the panel is so wide. */
async function printed(session: ExtSession, columns: number | undefined, source: string): Promise<string> {
  session.columns = columns;
  const results = session.execute(source);
  const outcome = await results.wait({ timeoutMs: 60_000 });
  expect(outcome, results.stderr).toMatchObject({ status: 'ok' });
  return results.stdout + results.stderr;
}

describe.each(testPythons())('Python $version', ({ executable }) => {
  let session: ExtSession;
  beforeAll(async () => {
    session = await ExtSession.start({ interpreter: executable, env: { COLUMNS: undefined } });
  });
  afterAll(async () => {
    await session.exit();
  });

  test('is told nothing of a width that is unknown', async () => {
    const source = `import os, shutil
print(os.environ.get("COLUMNS"), shutil.get_terminal_size().columns)
try: os.get_terminal_size()
except OSError: print("no terminal")`;
    expect(await printed(session, undefined, source)).toBe('None 80\nno terminal\n');
  });

  test('is told the width of the panel as each command starts', async () => {
    const source = `import os, shutil, subprocess, sys
sizes = [os.get_terminal_size(), os.get_terminal_size(1), os.get_terminal_size(sys.stderr.fileno()), shutil.get_terminal_size()]
print({size.columns for size in sizes}, os.environ["COLUMNS"], os.get_terminal_size.__name__, flush=True)
child = "import os, shutil; print(shutil.get_terminal_size().columns)"
subprocess.run([sys.executable, "-c", child])
os.system("echo $COLUMNS")
print(sys.stdout.isatty(), os.isatty(1))`;
    expect(await printed(session, 97, source)).toBe('{97} 97 get_terminal_size\n97\n97\nFalse False\n');
    expect(await printed(session, 140, source)).toBe('{140} 140 get_terminal_size\n140\n140\nFalse False\n');
  });

  test('and still learns that other descriptors are no terminals', async () => {
    const source = `import os
with open(os.devnull) as file:
    try: print(os.get_terminal_size(file.fileno()))
    except OSError: print("no terminal")`;
    expect(await printed(session, 90, source)).toBe('no terminal\n');
  });

  test('keeps what the user has set', async () => {
    const source = 'import os, shutil; print(shutil.get_terminal_size().columns, os.get_terminal_size().columns)';
    await printed(session, 90, 'import os; os.environ["COLUMNS"] = "33"');
    expect(await printed(session, 91, source)).toBe('33 91\n');
    await printed(session, 92, 'del os.environ["COLUMNS"]');
    expect(await printed(session, 93, 'print("COLUMNS" in os.environ)')).toBe('False\n');
  });

  test('knows the width in an expression, and in a startup command', async () => {
    session.columns = 61;
    expect(await session.evaluate('__import__("os").get_terminal_size().columns')).toBe(61);
    const startup = 'import os; print(os.get_terminal_size().columns)';
    await using other = await ExtSession.start({ interpreter: executable, columns: 72, startup });
    await other.startup?.wait();
    expect(other.startup?.stdout).toBe('72\n');
  });
});

/** Each prints numbers that follow the width; `before` runs at another width, and what it makes is used later. */
const libraries = [
  {
    modules: ['numpy'],
    source:
      'import numpy as np; print(max(map(len, str(np.arange(1000)).splitlines())) <= WIDTH, np.get_printoptions()["linewidth"])',
    wanted: (columns: number) => `True ${String(columns)}\n`,
    own: 'np.set_printoptions(linewidth=50)',
    kept: 'True 50\n',
  },
  {
    modules: ['pandas'],
    source: 'import pandas as pd; print(pd.get_option("display.width"))',
    wanted: (columns: number) => `${String(columns)}\n`,
    own: 'pd.set_option("display.width", 50)',
    kept: '50\n',
  },
  {
    modules: ['rich'],
    source: `from rich.console import Console
if "console" not in globals(): console = Console()
print(console.width, Console(width=44).width)`,
    wanted: (columns: number) => `${String(columns)} 44\n`,
    own: 'console = Console(width=50)',
    kept: '50 44\n',
  },
  {
    modules: ['tqdm'],
    source: `from tqdm import tqdm
import io, sys
with tqdm(total=9) as bar: print(len(str(bar).rstrip()))`,
    wanted: (columns: number) => new RegExp(`^${String(columns - 1)}\n`),
  },
];

describe.each(libraries)('$modules', ({ modules, source, wanted, own, kept }) => {
  const python = pythonWith(...modules);
  test('follows the width of the panel, and what the user sets', { timeout: 60_000 }, async ({ skip }) => {
    if (!python) skip('no Python here has it');
    await using session = await ExtSession.start({
      interpreter: python?.executable ?? '',
      env: { COLUMNS: undefined },
    });
    for (const columns of [100, 70]) {
      const found = await printed(session, columns, source.replace('WIDTH', String(columns)));
      expect(found).toEqual(expect.stringMatching(new RegExp(wanted(columns))));
    }
    if (own === undefined) return;
    await printed(session, 90, own);
    expect(await printed(session, 95, source.replace('WIDTH', '50'))).toBe(kept);
  });
});

describe('JavaScript', () => {
  let session: ExtSession;
  beforeAll(async () => {
    session = await ExtSession.start({ evaluator: 'javascript', env: { COLUMNS: undefined } });
  });
  afterAll(async () => {
    await session.exit();
  });
  const source = `const child = require('node:child_process').execSync('echo $COLUMNS').toString().trim();
[process.stdout.columns, process.stderr.columns, process.env.COLUMNS, child, process.stdout.isTTY].join()`;

  test('is told the width of the panel as each command starts, and keeps what the user sets', async () => {
    const told = (columns: number | undefined, code = source): Promise<unknown> => {
      session.columns = columns;
      return session.execute(code).wait();
    };
    const shows = (text: string) => ({ status: 'ok', result: { 'text/plain': text } });
    expect(await told(undefined, '"columns" in process.stdout')).toMatchObject(shows('false'));
    expect(await told(90)).toMatchObject(shows("'90,90,90,90,false'"));
    expect(await told(120)).toMatchObject(shows("'120,120,120,120,false'"));
    await told(120, 'process.stdout.columns = 30; process.env.COLUMNS = "31"; 0');
    expect(await told(100)).toMatchObject(shows("'30,100,31,31,false'"));
  });

  test('breaks values where the line ends', async () => {
    const lines = async (columns: number): Promise<number> => {
      session.columns = columns;
      const results = session.execute('console.log({ first: "a".repeat(20), second: "b".repeat(20), third: 3 })');
      await results.wait();
      return results.stdout.trimEnd().split('\n').length;
    };
    expect([await lines(60), await lines(110)]).toEqual([5, 1]);
  });
});

test('a width is a positive integer', async () => {
  await using session = await ExtSession.start({ evaluator: 'javascript' });
  for (const columns of [0, -1, 1.5, NaN]) expect(() => (session.columns = columns)).toThrow(RangeError);
});
