import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { cleanUp, prepared } from '../support/cleanUp.js';
import { inRoot } from '../support/project.mjs';
import { testPythons } from '../support/pythons.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';

let session: ExtSession;
beforeEach(async () => {
  session = await ExtSession.start({ interpreter });
});
afterEach(async () => {
  await session.exit();
});

/** A child that writes its number when it is told to, by the end of the pipe that it reads. */
const holder = (number: number): string =>
  `children.append(subprocess.Popen("read line; echo late ${String(number)}", shell=True, stdin=subprocess.PIPE))`;

describe('output that comes after a command is done', () => {
  test('reaches its own command, follows live, and closes it', async () => {
    await session.execute('import subprocess\nchildren = []').wait();
    const results = session.execute(holder(1));
    await results.wait();
    const late: string[] = [];
    results.onDidReceiveOutput((output) => late.push(output.type === 'stream' ? output.text : output.type));
    const other = session.execute('_ = children[0].communicate(b"go\\n")\nprint("other")');
    await other.wait();
    await results.closed;
    expect(late.join('')).toBe('late 1\n');
    expect(results.stdout).toBe('late 1\n');
    expect(other.stdout).toBe('other\n');
  });

  test(
    'is told apart for hundreds of open commands, and costs the session nothing afterwards',
    { timeout: 60_000 },
    async () => {
      await session.execute('import subprocess\nchildren = []').wait();
      const all = [];
      for (let number = 0; number < 200; number++) all.push(session.execute(holder(number)));
      await Promise.all(all.map((results) => results.wait()));
      const open = descriptors();
      await session.execute('for child in children: _ = child.communicate(b"go\\n")').wait();
      await Promise.all(all.map((results) => results.closed));
      expect(all.map(({ stdout }) => stdout)).toEqual(all.map((_, number) => `late ${String(number)}\n`));
      await expect.poll(() => open.host - descriptors().host).toBeGreaterThan(390);
    },
  );
});

test('one open command too many closes the oldest, which says so', { timeout: 60_000 }, async () => {
  const first = session.execute('import os\ndef hold():\n    os.dup(1)\n\nhold()');
  await first.wait();
  const others = Array.from({ length: 520 }, () => session.execute('hold()'));
  await Promise.all(others.map((results) => results.wait()));
  await first.closed;
  expect(first.outputs).toMatchObject([{ type: 'error', name: 'TooManyOpenCommands' }]);
  expect(others.at(-1)?.outputs).toEqual([]);
  expect(await session.evaluate('1')).toBe(1);
});

test('threads of more commands than the process has descriptors for cost the oldest theirs, which says so', async () => {
  await session
    .execute(
      'import resource, threading\nresource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))\ngo = threading.Event()',
    )
    .wait();
  const wait = 'threading.Thread(target=lambda: go.wait() and print("late")).start()';
  const all = Array.from({ length: 150 }, () => session.execute(wait));
  await Promise.all(all.map((results) => results.wait()));
  await session.execute('go.set()').wait();
  await Promise.all(all.map((results) => results.closed));
  expect(all[0]?.stderr).toMatch(/^\[ExtSession\] Too many commands/);
  expect([all[0]?.stdout, all.at(-1)?.stdout]).toEqual(['', 'late\n']);
});

test('a session lives on when its descriptors are used up', async () => {
  const source = `
import os, resource, threading
resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))
threads, taken = [], []
try:
    while True: taken.append(os.open(os.devnull, os.O_RDONLY))
except OSError: pass
go = threading.Event()`;
  await session.execute(source).wait();
  for (let count = 0; count < 20; count++) {
    const results = session.execute('threading.Thread(target=go.wait).start()\nprint("on")');
    expect(await results.wait()).toMatchObject({ status: 'ok' });
    expect(results.stdout).toBe('on\n');
  }
  await session.execute('go.set()').wait();
});

test('a session lives on when someone cleans up its files, and the folder', async () => {
  await session.execute('1').closed;
  await cleanUp(session, 'files');
  for (let count = 0; count < 3; count++) {
    const results = session.execute('import os, threading\nprint(1, flush=True)\n_ = os.system("echo 2")');
    await results.closed;
    expect(results.stdout).toBe('1\n2\n');
  }
  await cleanUp(session, 'folder');
  const held = session.execute(
    'go = threading.Event()\nthreading.Thread(target=lambda: go.wait() and print("late")).start()',
  );
  await held.wait();
  for (let count = 0; count < 3; count++) await session.execute('print(1)').closed;
  await session.execute('go.set()').wait();
  await held.closed;
  expect(held.stdout).toBe('late\n');
});

test('a host that may have few descriptors closes the oldest commands sooner, and goes on', () => {
  const host = inRoot('test/fixtures/manyChildren.mjs');
  const script = 'ulimit -n 60; exec "$0" "$@"';
  const printed = execFileSync('sh', ['-c', script, process.execPath, host, interpreter], { encoding: 'utf8' });
  expect(JSON.parse(printed)).toEqual({ first: ['0\n', 'TooManyOpenCommands'], last: ['59\n'], value: 2 });
});

test('thousands of commands leave no descriptors, files or memory behind', { timeout: 60_000 }, async () => {
  const rounds = async (count: number): Promise<void> => {
    const all = Array.from({ length: count }, (_, number) => session.execute(`print(${String(number)})`));
    await Promise.all(all.map((results) => results.closed));
    expect(all.at(-1)?.stdout).toBe(`${String(count - 1)}\n`);
  };
  await session.execute('import os, sys').wait();
  await rounds(500);
  await prepared(session);
  const before = { ...descriptors(), memory: await memory() };
  await rounds(2000);
  await session.execute('for _ in range(3): _ = os.system("true")').closed;
  await prepared(session);
  // Those that an earlier test has left in this process can go meanwhile.
  await expect.poll(() => descriptors().host).toBeLessThanOrEqual(before.host);
  await expect.poll(() => descriptors().worker).toBe(before.worker);
  expect((await memory()) - before.memory).toBeLessThan(2);
});

function descriptors(): { host: number; worker: number } {
  const count = (pid: string): number => readdirSync(`/proc/${pid}/fd`).length;
  return { host: count('self'), worker: count(String(session.pid)) };
}

/** What the worker occupies, in megabytes. */
async function memory(): Promise<number> {
  const value = await session.evaluate(
    'int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20',
  );
  return Number(value);
}
