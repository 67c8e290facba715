import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ExtSession, type ExtResults } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

describe.each(testPythons())('`import extsession` in Python $version', ({ executable }) => {
  let session: ExtSession;
  afterEach(async () => {
    await session.exit();
  });
  const start = async (env: Record<string, string> = {}): Promise<void> => {
    session = await ExtSession.start({ interpreter: executable, env });
  };
  const run = async (source: string): Promise<ExtResults> => {
    const results = session.execute(source);
    expect(await results.wait({ timeoutMs: 20_000 })).toMatchObject({ status: 'ok' });
    return results;
  };

  test('tells the number of the command, in its threads too', async () => {
    await start();
    const first = await run(`
import extsession, threading
go = threading.Event()
def later(): go.wait(); print(extsession.command_id())
threading.Thread(target=later).start()
print(extsession.command_id())`);
    const second = await run('print(extsession.command_id()); go.set()');
    await first.closed;
    expect([first.stdout, second.stdout]).toEqual([`${String(first.id)}\n`.repeat(2), `${String(second.id)}\n`]);
  });

  test('lets a thread that was detached write to whichever command runs', async () => {
    await start();
    const first = await run(`
import extsession, threading, queue
jobs, done = queue.Queue(), queue.Queue()
def worker():
    print('starts')
    extsession.detach()
    while True:
        print('job', jobs.get(), 'of', extsession.command_id()); display('shown'); done.put(None)
threading.Thread(target=worker, daemon=True).start()`);
    const second = await run("jobs.put('a'); done.get()");
    const third = await run("jobs.put('b'); done.get()");
    await first.closed;
    expect(first.stdout).toBe('starts\n');
    expect(second.stdout).toBe(`job a of ${String(second.id)}\n`);
    expect(third.stdout).toBe(`job b of ${String(third.id)}\n`);
    expect(third.outputs.map(({ type }) => type)).toEqual(['stream', 'display_data']);
  });

  test("finds the user's own module of that name first", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'extsession-test-'));
    try {
      writeFileSync(path.join(folder, 'extsession.py'), 'own = True\n');
      await start({ PYTHONPATH: folder });
      expect((await run('import extsession\nprint(extsession.own)')).stdout).toBe('True\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is found beside a folder of that name that is no package', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'extsession-test-'));
    try {
      mkdirSync(path.join(folder, 'extsession'));
      await start({ PYTHONPATH: folder });
      expect((await run('import extsession\nprint(extsession.command_id())')).stdout).toBe('1\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is not there for the processes that a session starts', async () => {
    await start();
    const results = await run("import subprocess, sys\nsubprocess.call([sys.executable, '-c', 'import extsession'])");
    expect(results.stderr).toContain('No module named');
  });

  test('is documented where help() looks', async () => {
    await start();
    const results = await run('import extsession\nhelp(extsession.detach)\nprint(sorted(extsession.__all__))');
    expect(results.stdout).toContain('goes to the command that runs at that moment');
    expect(results.stdout).toContain("'clear_output', 'command_id', 'detach', 'display'");
  });
});
