import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CancelledError, type ExtResults, ExtSession } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

const [python] = testPythons();

let session: ExtSession;
let folder: string;
let file: string;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'extsession-restart-'));
  file = path.join(folder, 'written');
  session = await ExtSession.start(python ? { interpreter: python.executable } : {});
});
afterEach(async () => {
  await session.exit();
  rmSync(folder, { recursive: true });
});

async function run(source: string): Promise<void> {
  expect(await session.execute(source).wait()).toMatchObject({ status: 'ok' });
}

async function hasWritten(results: ExtResults): Promise<void> {
  for await (const output of results) if (output.type === 'stream') return;
}

const alive = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a restart', () => {
  test('ends the process in order: the command is interrupted, exit handlers run, files are written', async () => {
    await run(`import atexit
file = open(${JSON.stringify(file)}, "w")
file.write("not flushed, ")
def at_exit():
    file.write("at exit")
    print("goodbye")
_ = atexit.register(at_exit)`);
    const busy = session.execute(`try:
    print("go", flush=True)
    while True: pass
finally:
    file.write("interrupted, ")`);
    await hasWritten(busy);
    await session.restart();
    expect(readFileSync(file, 'utf8')).toBe('not flushed, interrupted, at exit');
    expect((await busy.wait()).status).toBe('cancelled');
    expect(busy.stdout).toBe('go\ngoodbye\n');
    expect(await session.evaluate('"file" in globals()')).toBe(false);
  });

  test('runs the exit handlers of JavaScript', async () => {
    await session.exit();
    session = await ExtSession.start({ evaluator: 'javascript' });
    await run(`process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(file)}, 'at exit'))`);
    await session.restart();
    expect(readFileSync(file, 'utf8')).toBe('at exit');
  });

  test('kills a process that takes too long to end, and goes on', async () => {
    const { pid } = session;
    await run('import atexit, time\n_ = atexit.register(time.sleep, 600)');
    await session.restart();
    await expect.poll(() => alive(pid)).toBe(false);
    expect(await session.evaluate('1 + 1')).toBe(2);
  });

  const waitsForNothing: Record<string, () => Promise<unknown>> = {
    'if it is forced': () => session.restart({ force: true }),
    'if another one follows': () => {
      const first = session.restart();
      return Promise.all([expect(first).rejects.toBeInstanceOf(CancelledError), session.restart()]);
    },
    'if it is not to wait any longer': () => {
      const restarted = session.restart();
      session.killReplaced();
      return restarted;
    },
  };
  test.each(Object.entries(waitsForNothing))('kills the process at once %s', async (_when, restart) => {
    const { pid } = session;
    await run('import atexit, time\n_ = atexit.register(time.sleep, 600)');
    const restarted = restart();
    await expect.poll(() => alive(pid)).toBe(false); // within less time than exit handlers have
    await restarted;
    expect(await session.evaluate('1 + 1')).toBe(2);
  });

  test('that an exit overtakes lets the process end in order, and starts no other', async () => {
    const { pid } = session;
    const write = `import atexit, time\n_ = atexit.register(lambda: (time.sleep(0.2), open(${JSON.stringify(file)}, "w")))`;
    await run(write);
    const restarted = session.restart();
    await session.exit();
    await expect(restarted).rejects.toBeInstanceOf(CancelledError);
    expect([existsSync(file), alive(pid), session.state]).toEqual([true, false, 'dead']);
  });
});
