import { afterEach, expect, test } from 'vitest';
import { CancelledError, ExtSession, type Outcome } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

const [python] = testPythons();
const options = python ? { interpreter: python.executable } : {};

let session: ExtSession;
afterEach(async () => {
  await session.exit();
});

const alive = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('commands run in the order in which they came, each with its own results', async () => {
  session = await ExtSession.start(options);
  const results = ['x = 1', 'print(x + 1)', 'x + 2'].map((source) => session.execute(source));
  const outcomes = await Promise.all(results.map((one) => one.wait()));
  expect(outcomes.map(({ status, executionCount }) => [status, executionCount])).toEqual([
    ['ok', 1],
    ['ok', 2],
    ['ok', 3],
  ]);
  expect(results.map(({ stdout }) => stdout)).toEqual(['', '2\n', '']);
  expect(session.state).toBe('idle');
});

test('what is submitted at the moment of a death is settled too', async () => {
  session = await ExtSession.start(options);
  const dying = session.execute('import os; os._exit(3)');
  const next = new Promise<Outcome>((resolve) => {
    dying.onDidChangeState((state) => {
      if (state === 'done') void session.execute('1').wait().then(resolve);
    });
  });
  expect(await dying.wait()).toMatchObject({ status: 'died', exitCode: 3 });
  expect((await next).status).toBe('cancelled');
  expect(session.state).toBe('dead');
});

test('a restart gives an empty namespace in a new process, and cancels what was pending', async () => {
  session = await ExtSession.start(options);
  const { pid } = session;
  const pending = ['x = 1\nwhile True: pass', 'x'].map((source) => session.execute(source));
  await session.restart();
  expect(await Promise.all(pending.map(async (one) => (await one.wait()).status))).toEqual(['cancelled', 'cancelled']);
  expect(session.pid).not.toBe(pid);
  expect(await session.evaluate("'x' in globals()")).toBe(false);
});

test('tracebacks name a command without a file by its number in its process', async () => {
  session = await ExtSession.start(options);
  const placeOf = async (): Promise<unknown> => {
    const outcome = await session.execute('1 / 0').wait();
    return outcome.status === 'error' ? [outcome.executionCount, outcome.error.frames[0]?.file] : outcome;
  };
  await session.execute('x = 1').wait();
  await session.get('x');
  expect(await placeOf()).toEqual([2, '<command 2>']);
  await session.restart();
  await session.evaluate('1');
  expect(await placeOf()).toEqual([1, '<command 1>']);
});

test('an orderly exit finalizes what only a cycle holds, and passes over what the worker itself has', async () => {
  session = await ExtSession.start(options);
  const last = session.execute(`import gc, os
class Tells:
    def __del__(self, write=os.write): write(1, b"finalized")
one = Tells()
one.itself = one
gc.get_freeze_count() > len(gc.get_objects())`);
  expect(await last.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': 'True' } });
  await session.exit();
  expect(last.stdout).toBe('finalized');
});

test('what objects print as they go is there at the end, whatever holds them', async () => {
  session = await ExtSession.start(options);
  const last = session.execute(`import os
class Tells:
    def __init__(self, name, out=print): self.name, self.out = name, out
    def __del__(self): self.out(self.name); print(os.sep)
one, two, three = Tells("alone"), Tells("cycle"), [Tells("list")]
two.itself = two
three.append(three)`);
  await last.wait();
  await session.exit();
  expect(last.stdout.split('\n').sort()).toEqual(['', '/', '/', '/', 'alone', 'cycle', 'list']);
  expect(last.stderr).toBe('');
});

test('an exit during a restart leaves no process behind', async () => {
  session = await ExtSession.start(options);
  const { pid } = session;
  const restarted = session.restart();
  await session.exit();
  await expect(restarted).rejects.toBeInstanceOf(CancelledError);
  expect([session.state, session.pid]).toEqual(['dead', undefined]);
  await expect.poll(() => alive(pid)).toBe(false);
});

test('a restart during an exit gives a session that lives, and both settle', async () => {
  session = await ExtSession.start(options);
  const exited = session.exit();
  await session.restart();
  await exited;
  expect([session.state, await session.evaluate('1 + 1')]).toEqual(['idle', 2]);
  expect(await session.execute('1').wait()).toMatchObject({ status: 'ok' });
});

test('of two restarts at once the later one counts', async () => {
  session = await ExtSession.start(options);
  const first = session.restart();
  const second = session.restart();
  await expect(first).rejects.toBeInstanceOf(CancelledError);
  await second;
  expect(await session.evaluate('1 + 1')).toBe(2);
});

test('an aborted signal interrupts the command that runs, and takes one that waits out of the queue', async () => {
  session = await ExtSession.start(options);
  const cancel = new AbortController();
  const running = session.execute('print("go", flush=True)\nwhile True: pass', { signal: cancel.signal });
  const waiting = session.execute('1', { signal: cancel.signal });
  const other = session.execute('2');
  for await (const output of running) {
    if (output.type === 'stream') cancel.abort();
  }
  expect((await running.wait()).status).toBe('interrupted');
  expect((await waiting.wait()).status).toBe('cancelled');
  expect((await other.wait()).status).toBe('ok');
});

test('listeners that throw stop neither the session nor its commands, and the logger is told', async () => {
  const logged: string[] = [];
  const log = (): void => undefined;
  const logger = { trace: log, debug: log, info: log, warn: log, error: (message: string) => logged.push(message) };
  session = await ExtSession.start({ ...options, logger });
  const fail = (): never => {
    throw new Error('of a listener');
  };
  session.onDidChangeState(fail);
  const results = session.execute('print("a")\nprint("b")');
  results.onDidChangeState(fail);
  results.onDidReceiveOutput(fail);
  expect(await results.wait()).toMatchObject({ status: 'ok' });
  expect(results.stdout).toBe('a\nb\n');
  expect(await session.evaluate('1')).toBe(1);
  expect(logged.filter((message) => message.includes('of a listener')).length).toBeGreaterThanOrEqual(4);
});
