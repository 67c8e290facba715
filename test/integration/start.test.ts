import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ExtSession, type ExtSessionOptions } from '../../src/library.js';
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
    await expect(ExtSession.start({ interpreter, startTimeoutMs: 3000 })).rejects.toMatchObject({
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

  test('no bytecode kept, but for modules of ours, and no garbage collected, if that is wanted', async () => {
    writeFileSync(path.join(folder, 'sitecustomize.py'), 'import gc\ngc.disable()\n');
    const env = { PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1', PYTHONPYCACHEPREFIX: path.join(folder, 'kept') };
    const source = `
import gc, os, sys
folder = getattr(sys, "pycache_prefix", None) or os.path.dirname(os.path.dirname(display.__code__.co_filename))
kept = [name for at, _, names in os.walk(folder) for name in names if "_extsession_worker" in at and sys.implementation.cache_tag + "." in name]
print(len(kept) > 40, sys.dont_write_bytecode, gc.isenabled())`;
    expect(await printed({ env }, source)).toBe('True True False\n');
    expect(await printed({}, 'import gc; print(gc.isenabled())')).toBe('True\n');
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

test('what did not start leaves nothing behind', async () => {
  const temporary = path.join(folder, 'temporary');
  mkdirSync(temporary);
  vi.stubEnv('TMPDIR', temporary);
  const interpreter = program('no-python', `#!/bin/sh\nls '${temporary}' > '${folder}/seen'; exit 3\n`);
  await expect(ExtSession.start({ interpreter })).rejects.toThrow();
  expect(readFileSync(path.join(folder, 'seen'), 'utf8')).toMatch(/^extsession-[\w-]+\n$/);
  expect(readdirSync(temporary)).toEqual([]);
});
