import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ExtSession, extexec, type ExtSessionOptions } from '../../src/library.js';
import { olderPythons as findOlderPythons, testPythons } from '../support/pythons.js';

const python = testPythons()[0]?.executable ?? 'python3';
const olderPythons = findOlderPythons();

/** A file system that is full can only be had as root. */
const canMount =
  process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'extsession-start-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function program(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

/** What one line prints in a fresh session. */
async function printed(options: ExtSessionOptions, source = 'print("works")'): Promise<string> {
  await using session = await ExtSession.start({ interpreter: python, ...options });
  const results = session.execute(source);
  const outcome = await results.wait();
  expect(outcome, results.stderr).toMatchObject({ status: 'ok' });
  return results.stdout;
}

describe('a session does not start, and says why, with', () => {
  test('a path where nothing is', async () => {
    await expect(ExtSession.start({ interpreter: path.join(folder, 'python') })).rejects.toMatchObject({
      code: 'EVALUATOR_NOT_FOUND',
      message: expect.stringContaining(path.join(folder, 'python')) as string,
    });
  });

  test('a program that is no Python: its own words are in the error', async () => {
    const interpreter = program('no-python', '#!/bin/sh\necho "I am no Python" >&2; exit 3\n');
    await expect(ExtSession.start({ interpreter })).rejects.toMatchObject({
      code: 'EVALUATOR_START_FAILED',
      message: expect.stringContaining('exit code 3') as string,
      output: 'I am no Python',
    });
  });

  test('a file that cannot be run', async () => {
    const interpreter = path.join(folder, 'text');
    writeFileSync(interpreter, 'just text');
    await expect(ExtSession.start({ interpreter })).rejects.toMatchObject({ code: 'EVALUATOR_START_FAILED' });
  });

  test('an environment whose base is gone', async () => {
    mkdirSync(path.join(folder, 'bin'));
    symlinkSync('/nowhere/python3', path.join(folder, 'bin', 'python'));
    await expect(ExtSession.start({ interpreter: path.join(folder, 'bin', 'python') })).rejects.toMatchObject({
      code: 'EVALUATOR_NOT_FOUND',
    });
  });

  test('a working directory that does not exist', async () => {
    await expect(ExtSession.start({ interpreter: python, cwd: path.join(folder, 'gone') })).rejects.toMatchObject({
      code: 'EVALUATOR_START_FAILED',
      message: expect.stringContaining('working directory') as string,
    });
  });

  test.each([
    ['an empty path', { interpreter: '' }, 'EVALUATOR_NOT_FOUND', 'No evaluator'],
    ['a path through a file', { interpreter: '/etc/passwd/python' }, 'EVALUATOR_NOT_FOUND', '/etc/passwd/python'],
    ['a file as working directory', { cwd: '/etc/passwd' }, 'EVALUATOR_START_FAILED', 'working directory'],
    ['too large an environment', { env: { BIG: 'x'.repeat(200_000) } }, 'EVALUATOR_START_FAILED', 'longer than'],
    ['a NUL in a working directory', { cwd: '/tmp/a\0b' }, 'EVALUATOR_START_FAILED', 'working directory'],
    ['a NUL in a variable', { env: { A: 'a\0b' } }, 'EVALUATOR_START_FAILED', 'null bytes'],
    ['a NUL in an argument', { args: ['a\0b'] }, 'EVALUATOR_START_FAILED', 'null bytes'],
  ])(
    '%s, told at once',
    async (_what, options: ExtSessionOptions, code, words) => {
      await expect(ExtSession.start({ interpreter: python, startTimeoutMs: 20_000, ...options })).rejects.toMatchObject(
        { code, message: expect.stringContaining(words) as string },
      );
    },
    10_000,
  );

  test('links that lead in a circle', async () => {
    symlinkSync('python', path.join(folder, 'python'));
    await expect(ExtSession.start({ interpreter: path.join(folder, 'python') })).rejects.toMatchObject({
      code: 'EVALUATOR_START_FAILED',
      message: expect.stringContaining('ELOOP') as string,
    });
  });

  test('an environment that was copied and whose base is gone', async () => {
    await expect(
      ExtSession.start({ interpreter: python, env: { PYTHONHOME: path.join(folder, 'gone') } }),
    ).rejects.toMatchObject({
      code: 'EVALUATOR_START_FAILED',
      output: expect.stringContaining('encodings') as string,
    });
  });

  test.skipIf(olderPythons.length === 0).each(olderPythons)('a Python that is too old: %s', async (interpreter) => {
    await expect(ExtSession.start({ interpreter })).rejects.toMatchObject({
      code: 'EVALUATOR_START_FAILED',
      output: expect.stringContaining('needs Python 3.7 or newer') as string,
    });
  });

  test('a program that never answers, in the time that it is given', async () => {
    const interpreter = program('sleeper', '#!/bin/sh\necho waiting; exec sleep 60\n');
    await expect(ExtSession.start({ interpreter, startTimeoutMs: 300 })).rejects.toMatchObject({
      code: 'EVALUATOR_START_FAILED',
      output: 'waiting',
    });
  });

  test.each([NaN, -1, '5'])('%s as the time that it is given', async (startTimeoutMs) => {
    await expect(ExtSession.start({ interpreter: python, startTimeoutMs: startTimeoutMs as number })).rejects.toThrow(
      "'startTimeoutMs' must be",
    );
  });

  test('a start that is cancelled', async () => {
    const interpreter = program('sleeper', '#!/bin/sh\nexec sleep 60\n');
    const controller = new AbortController();
    const started = ExtSession.start({ interpreter, signal: controller.signal });
    controller.abort();
    await expect(started).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test('a sitecustomize that ends the interpreter', async () => {
    writeFileSync(path.join(folder, 'sitecustomize.py'), 'import os; os.write(2, b"no entry"); os._exit(4)');
    await expect(ExtSession.start({ interpreter: python, env: { PYTHONPATH: folder } })).rejects.toMatchObject({
      code: 'EVALUATOR_START_FAILED',
      output: 'no entry',
    });
  });
});

describe('a session starts and works with', () => {
  test('modules of the user that have names of the standard library', async () => {
    for (const name of ['string', 'json', 'socket', 'select', 'threading', 'io', 'traceback', 'linecache', 'types']) {
      writeFileSync(path.join(folder, `${name}.py`), 'raise RuntimeError("the wrong module")\n');
    }
    expect(await printed({ cwd: folder })).toBe('works\n');
  });

  test('a sitecustomize that raises', async () => {
    writeFileSync(path.join(folder, 'sitecustomize.py'), 'raise ValueError("oops")\n');
    expect(await printed({ env: { PYTHONPATH: folder } })).toBe('works\n');
  });

  test.each([
    { PYTHONUNBUFFERED: '1' },
    { PYTHONIOENCODING: 'latin-1' },
    { LC_ALL: 'C' },
    { LC_ALL: 'C', PYTHONUTF8: '0', PYTHONCOERCECLOCALE: '0' },
    { PYTHONSTARTUP: '/nowhere/startup.py' },
    { PYTHONINSPECT: '1' },
    { PYTHONDONTWRITEBYTECODE: '1' },
    { PYTHONWARNINGS: 'error' },
    { PYTHONOPTIMIZE: '2' },
    { PYTHONDEVMODE: '1' },
    { PYTHONSAFEPATH: '1' },
  ])('%o in its environment', async (env) => {
    expect(await printed({ env }, 'print("wörks ✓")')).toBe('wörks ✓\n');
  });

  test.each([['-I'], ['-E'], ['-s'], ['-S'], ['-B'], ['-O'], ['-u'], ['-q'], ['-X', 'utf8'], ['-W', 'error']])(
    'the argument %s',
    async (...args) => {
      expect(await printed({ args })).toBe('works\n');
    },
  );

  test.each([Infinity, 3e9, 2 ** 31])('%d ms as the time that it is given', async (startTimeoutMs) => {
    expect(await printed({ startTimeoutMs })).toBe('works\n');
  });

  test('a working directory whose name is not plain', async () => {
    const cwd = path.join(folder, 'ünï cödé "quoted" $HOME');
    mkdirSync(cwd);
    expect(await printed({ cwd }, 'import os; print(os.getcwd())')).toBe(`${cwd}\n`);
  });

  test.each([
    ['is too long for a socket', () => path.join(folder, 'x'.repeat(120))],
    ['takes no files', () => '/proc'],
    ['is not there', () => path.join(folder, 'gone')],
    ['has a line break in its path', () => path.join(folder, 'line\nbreak')],
  ])('a temporary folder that %s', async (_what, temporary) => {
    mkdirSync(path.join(folder, 'x'.repeat(120)));
    mkdirSync(path.join(folder, 'line\nbreak'));
    vi.stubEnv('TMPDIR', temporary());
    expect(await printed({})).toBe('works\n');
  });

  test.skipIf(!canMount).each([1, 2, 3, 5, 7, 9])('a temporary folder with room for %i files', async (files) => {
    const full = path.join(folder, 'full');
    mkdirSync(full);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `nr_inodes=${String(files)}`, 'tmpfs', full]);
    try {
      vi.stubEnv('TMPDIR', full);
      expect(await printed({})).toBe('works\n');
      expect(readdirSync(full)).toEqual([]);
    } finally {
      execFileSync('umount', [full]);
    }
  });

  test('its own folder first on the path, as any interactive Python', async () => {
    writeFileSync(path.join(folder, 'mine.py'), 'value = 42\n');
    expect(await printed({ cwd: folder }, 'import mine, sys; print(mine.value, repr(sys.path[0]), sys.argv)')).toBe(
      "42 '' ['']\n",
    );
  });
});

describe('what is printed before the first command belongs to the start, and to no command:', () => {
  const site = (source: string): ExtSessionOptions => {
    writeFileSync(path.join(folder, 'sitecustomize.py'), source);
    return { interpreter: python, env: { PYTHONPATH: folder } };
  };

  test.each([
    ['print', 'print("hello from site")'],
    ['a file descriptor', 'import os; os.write(1, b"hello from site\\n")'],
    ['a child', 'import os; os.system("echo hello from site")'],
    ['C', 'import ctypes; ctypes.CDLL(None).puts(b"hello from site")'],
    [
      'a stream that was kept',
      'import sys\nclass Kept: stream = sys.stdout\nsys.kept = Kept; print("hello from site")',
    ],
  ])('by %s', async (_how, source) => {
    await using session = await ExtSession.start(
      site(`${source}\nimport sys; print("and its error", file=sys.stderr)`),
    );
    const results = session.execute('print("works")');
    await results.wait();
    await session.evaluate('1');
    expect([results.stdout, results.stderr]).toEqual(['works\n', '']);
    await expect.poll(() => session.startOutput.stdout).toBe('hello from site\n');
    expect(session.startOutput.stderr).toBe('and its error\n');
  });

  test('it is there when the session has started, also when it is much', async () => {
    await using session = await ExtSession.start(site('print("x" * 3_000_000)'));
    expect(session.startOutput.stdout).toBe(`${'x'.repeat(3_000_000)}\n`);
    expect(session.startOutput.outcome).toMatchObject({ status: 'ok' });
  });

  test('what a thread of a start-up file prints meanwhile', async () => {
    const source = `import _thread, sys, time
def ticks():
    while not hasattr(sys, "ended"):
        sys.stdout.write("tick\\n"); time.sleep(0.001)
_thread.start_new_thread(ticks, ())`;
    await using session = await ExtSession.start(site(source));
    await expect.poll(() => session.startOutput.stdout.length).toBeGreaterThan(100);
    const results = session.execute('import sys; sys.ended = True');
    await results.wait();
    expect(session.startOutput.stdout).toMatch(/^(tick\n)+$/);
  });

  test('what a child of a start-up file prints later', async () => {
    const options = site('import subprocess; subprocess.Popen(["sh", "-c", "read line < $0; echo late", "later"])');
    execFileSync('mkfifo', [path.join(folder, 'later')]);
    await using session = await ExtSession.start({ ...options, cwd: folder });
    const results = session.execute('open("later", "w").write("now\\n")');
    await results.wait();
    await expect.poll(() => session.startOutput.stdout).toBe('late\n');
    expect(results.stdout).toBe('');
  });

  test('in each process of its own', async () => {
    await using session = await ExtSession.start(site('import os; print(os.getpid())'));
    expect(session.startOutput.stdout).toBe(`${String(session.pid)}\n`);
    await session.restart();
    expect(session.startOutput.stdout).toBe(`${String(session.pid)}\n`);
  });

  test('by a module that Node preloads', async () => {
    const preload = path.join(folder, 'preload.cjs');
    writeFileSync(preload, 'console.log("hello"); process._rawDebug("raw");\n');
    await using session = await ExtSession.start({ evaluator: 'javascript', args: ['--require', preload] });
    const results = session.execute('console.log("works")');
    await results.wait();
    expect([results.stdout, results.stderr]).toEqual(['works\n', '']);
    expect([session.startOutput.stdout, session.startOutput.stderr]).toEqual(['hello\n', 'raw\n']);
  });

  test('and comes first in what a script of its own process wrote', async () => {
    const { stdout } = await extexec('print("works")', site('print("hello")'));
    expect(stdout).toBe('hello\nworks\n');
  });
});

describe('the start-up command', () => {
  test('runs before all others, again after a restart, and does not count', async () => {
    const startup = { source: 'print(__file__)\nstarted = 1', filename: path.join(folder, 'startup.py') };
    await using session = await ExtSession.start({ interpreter: python, startup });
    const first = session.execute('print("first", started)\n1 / 0');
    expect(await first.wait()).toMatchObject({ executionCount: 1, error: { traceback: /"<command 1>", line 2/ } });
    expect(first.stdout).toBe('first 1\n');
    const before = session.startup;
    expect(before).toMatchObject({ executionCount: 0, stdout: `${startup.filename}\n`, state: 'done' });
    expect(await session.readLine()).toMatchObject({ text: 'first 1' });
    const restarting = session.restart();
    const early = session.execute('started, "__file__" in globals()'); // while there is no process
    await restarting;
    expect(await early.wait()).toMatchObject({ executionCount: 1, result: { 'text/plain': '(1, False)' } });
    expect(session.startup).not.toBe(before);
    expect(await session.startup?.wait()).toMatchObject({ status: 'ok' });
  });

  test('that fails says where, and does not keep the session from starting', async () => {
    await using session = await ExtSession.start({ interpreter: python, startup: 'a = 1\nb = missing' });
    const outcome = await session.startup?.wait();
    expect(outcome).toMatchObject({ status: 'error', error: { name: 'NameError' } });
    expect(outcome).toMatchObject({ error: { traceback: /File "<startup>", line 2/ } });
    expect(await session.evaluate('a')).toBe(1);
  });

  test('that takes too long can be interrupted', async () => {
    const startup = 'import time; print("begins", flush=True); time.sleep(600)';
    await using session = await ExtSession.start({ interpreter: python, startup });
    const waiting = session.execute('1');
    await vi.waitFor(() => expect(session.startup?.stdout).toBe('begins\n'), { timeout: 20_000 });
    await session.interrupt();
    expect(await session.startup?.wait()).toMatchObject({ status: 'interrupted' });
    expect(await waiting.wait()).toMatchObject({ status: 'cancelled' });
    expect(await session.evaluate('2')).toBe(2);
  });

  test('runs in JavaScript', async () => {
    const startup = { source: 'const n: number = 2; console.log("on")', filename: '/startup.ts' };
    await using session = await ExtSession.start({ evaluator: 'javascript', startup });
    expect(await session.evaluate('n + 1')).toBe(3);
    expect(session.startup?.stdout).toBe('on\n');
  });
});

test('what did not start leaves nothing behind', async () => {
  const entries = (): string[] => readdirSync(tmpdir()).filter((name) => /^extsession-\w{6}$/.test(name));
  const before = entries();
  const interpreter = program('no-python', '#!/bin/sh\nexit 3\n');
  await expect(ExtSession.start({ interpreter })).rejects.toThrow();
  expect(entries().filter((name) => !before.includes(name))).toEqual([]);
});
