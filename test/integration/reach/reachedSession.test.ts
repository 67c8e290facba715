import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession, exteval, extexec } from '../../../src/library.js';
import { inRoot } from '../../support/project.mjs';
import { testPythons } from '../../support/pythons.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';

/** What the other side may do to fill the memory of this one. */
const ASKS_AGAIN =
  'n=$(head -n1 | grep -o "extsession-[0-9a-f]*" | head -n1); while :; do echo "$n need" || exit; done';

/** Where the sessions of this file make their folders. */
let temporary: string;
beforeAll(() => {
  temporary = mkdtempSync(path.join(tmpdir(), 'far-'));
});
afterAll(() => {
  rmSync(temporary, { recursive: true });
});
const far = (): string[] => ['env', `TMPDIR=${temporary}`];

describe('a session behind an argv prefix', () => {
  let session: ExtSession;
  beforeAll(async () => {
    const onInput = (): Promise<string> => Promise.resolve('blue');
    session = await ExtSession.start({ interpreter, commandPrefix: far(), cwd: '/', env: { COLOR: 'red' }, onInput });
  });
  afterAll(() => session.exit());

  test('has its output, values, errors, displays, input and completions, in its own folder and environment', async () => {
    const results = session.execute('import os, sys\nx = [1, 2]\nprint(os.getcwd(), os.environ["COLOR"])\nx');
    const outcome = await results.wait();
    expect([outcome.status, results.stdout]).toEqual(['ok', '/ red\n']);
    expect(outcome).toHaveProperty('result', { 'text/plain': '[1, 2]' });
    expect(await session.get('x')).toEqual([1, 2]);
    const failed = await session.execute('1 / 0').wait();
    expect(failed).toMatchObject({ status: 'error', error: { name: 'ZeroDivisionError' } });
    const asked = session.execute('print(input("Which? "))');
    await asked.wait();
    expect(asked.stdout).toContain('blue\n');
    expect((await session.complete('os.getcw', 8)).items.map(({ text }) => text)).toContain('getcwd');
  });

  test('delivers more output than fits into any window, and that of children, in order', async () => {
    const results = session.execute(
      'os.system("echo child")\nfor i in range(300): os.write(1, b"%09d\\n" % i * 1000) and None\nos.system("echo end")',
    );
    expect((await results.wait()).status).toBe('ok');
    const numbers = Array.from({ length: 300 }, (_, i) => `${String(i).padStart(9, '0')}\n`.repeat(1000)).join('');
    expect(results.stdout === `child\n${numbers}end\n`).toBe(true);
  });

  test('is interrupted in a loop, in a flood and while commands wait, and keeps its variables', async () => {
    for (const source of ['while True: pass', 'while True: print("y" * 99)', 'import time; time.sleep(600)']) {
      const running = session.execute(source);
      const waiting = session.execute('x = None');
      await expect.poll(() => session.state).toBe('busy');
      await session.interrupt();
      expect([(await running.wait()).status, (await waiting.wait()).status]).toEqual(['interrupted', 'cancelled']);
    }
    expect(await session.get('x')).toEqual([1, 2]);
  });

  test('restarts in a new process with nothing in it', async () => {
    const { pid } = session;
    await session.restart();
    expect(session.pid).not.toBe(pid);
    await expect(session.get('x')).rejects.toThrow("no variable 'x'");
    expect(session.reference).toBeUndefined();
    await expect(session.detach()).rejects.toThrow('keepAlive');
  });

  test('dies with its process, and says how', async () => {
    const outcome = await session
      .execute('os = __import__("os"); print("last", flush=True); os.kill(os.getpid(), 9)')
      .wait();
    expect(outcome).toMatchObject({ status: 'died', signal: 'SIGKILL' });
    await session.restart();
    expect(await session.evaluate('1 + 1')).toBe(2);
  });

  test('leaves nothing behind when it ends', async () => {
    await session.exit();
    await expect.poll(() => readdirSync(temporary), { timeout: 20_000 }).toEqual([]);
  });
});

test('what others print on the way to a session does not disturb it', async () => {
  const script = 'echo Welcome; printf "no end of line"; echo "from a start-up file" >&2; exec "$@"';
  const commandPrefix = ['sh', '-c', script, 'sh', ...far()];
  const { stdout } = await extexec('print("alone")', { interpreter, commandPrefix });
  expect(stdout).toBe('alone\n');
});

test('an interrupt in a flood has its answer soon where the way is slow', async () => {
  const commandPrefix = [process.execPath, inRoot('test', 'fixtures', 'slowWay.mjs'), '1000000', ...far()];
  await using session = await ExtSession.start({ interpreter, commandPrefix });
  const flood = session.execute('while True: print("y" * 99)');
  await expect.poll(() => flood.bytes('stdout').length, { timeout: 20_000 }).toBeGreaterThan(1_500_000);
  const before = flood.bytes('stdout').length;
  await session.interrupt();
  expect((await flood.wait()).status).toBe('interrupted');
  expect(flood.bytes('stdout').length - before).toBeLessThan(700_000);
});

test('nothing of the environment of this process is sent, and a place without a home has all it needs', async () => {
  process.env.EXTSESSION_TEST_SECRET = 'secret';
  try {
    const commandPrefix = ['env', '-i', `TMPDIR=${temporary}`, 'HOME=/proc/nowhere', 'PATH=/usr/bin:/bin'];
    const names = await exteval('sorted(__import__("os").environ)', { interpreter, commandPrefix });
    expect(names).not.toContain('EXTSESSION_TEST_SECRET');
    expect(names).toContain('TMPDIR');
  } finally {
    delete process.env.EXTSESSION_TEST_SECRET;
  }
  await expect.poll(() => readdirSync(temporary), { timeout: 20_000 }).toEqual([]);
});

describe('a session that cannot start says why:', () => {
  const start = (commandPrefix: string[], options = {}): Promise<ExtSession> =>
    ExtSession.start({ interpreter, commandPrefix, ...options });
  const refusing = ['sh', '-c', 'echo "me@far: Permission denied (publickey)." >&2; exit 255', 'sh'];

  test.for([
    ['the prefix’s own words', refusing, {}, /ended with exit code 255 .*\n.*Permission denied \(publickey\)/],
    ['there is no such prefix', ['no-such-program'], {}, /'no-such-program' could not be started: there is no such/],
    ['there is no Python', ['env'], { interpreter: 'python9' }, /There is no 'python9' there.*'interpreter' names it/],
    ['the folder is not there', ['env'], { cwd: '/no/such/folder' }, /could not be started there.*\/no\/such\/folder/],
    ['it is no program', [], {}, /'commandPrefix' must be a program/],
    ['its program asks for more and more', ['sh', '-c', ASKS_AGAIN, 'sh'], {}, /It said 'need' twice/],
    ['its program prints without an end', ['sh', '-c', 'yes', 'sh'], {}, /It printed too much else/],
  ] as const)('%s', async ([, prefix, options, message]) => {
    await expect(start([...prefix], options)).rejects.toThrow(message);
  });

  test('an old Python names itself', async () => {
    const old = '/usr/bin/python2';
    const python = existsSync(old) ? old : await fakeOldPython();
    await expect(start(['env'], { interpreter: python })).rejects.toThrow(/too old.*Python 3\.7 or newer is needed/);
  });

  async function fakeOldPython(): Promise<string> {
    const { writeFile, chmod } = await import('node:fs/promises');
    const file = path.join(mkdtempSync(path.join(temporary, 'old-')), 'python');
    await writeFile(file, '#!/bin/sh\necho "Unknown option: -I" >&2\nexit 2\n');
    await chmod(file, 0o755);
    return file;
  }
});
