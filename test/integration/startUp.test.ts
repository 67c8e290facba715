import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ExtSession, extexec, type ExtSessionOptions } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';
import { eventually } from '../support/eventually.js';

const python = testPythons()[0]?.executable ?? 'python3';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'extsession-start-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
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
    const printed = (): string[] => [session.startOutput.stdout, session.startOutput.stderr];
    await expect.poll(printed).toEqual(['hello from site\n', 'and its error\n']);
  });

  test('it is there when the session has started, also when it is much', async () => {
    await using session = await ExtSession.start(site('print("x" * 3_000_000)'));
    expect(session.startOutput.stdout).toBe(`${'x'.repeat(3_000_000)}\n`);
    expect(session.startOutput.outcome).toMatchObject({ status: 'ok' });
  });

  test('what a thread of a startup file prints meanwhile', async () => {
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

  test('what a child of a startup file prints later', async () => {
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

    // Its console writes for whichever command wants to, as any other.
    const source =
      'let tell; const told = new Promise((resolve) => (tell = resolve)); told.then(() => console.log("late"));';
    const waits = session.execute(source);
    const tells = session.execute('tell(); await told; console.log("own")');
    await tells.wait();
    expect(tells.stdout).toBe('own\n');
    await expect.poll(() => waits.stdout).toBe('late\n');
  });

  test('and comes first in what a script of its own process wrote', async () => {
    const { stdout } = await extexec('print("works")', site('print("hello")'));
    expect(stdout).toBe('hello\nworks\n');
  });
});

describe('the startup command', () => {
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
    await eventually(() => expect(session.startup?.stdout).toBe('begins\n'));
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
