import { describe, expect, test } from 'vitest';
import type { ExtResults } from '../../src/library.js';
import { eachSession } from '../support/eachSession.js';
import { testPythons } from '../support/pythons.js';

describe.each(testPythons())('A signal handler in a session of Python $version', ({ executable }) => {
  const python = eachSession({ interpreter: executable });
  const { run } = python;
  const handler = (raised: string): string => `
import signal
def handler(*_args):
    ${raised}
signal.signal(signal.SIGALRM, handler)
`;

  test.each([
    ['raise TimeoutError("late")', /in handler\n[^]*TimeoutError: late\n$/],
    ['import sys; sys.exit(3)', /SystemExit: 3\n$/],
  ])('that does %j while no command runs: its traceback is shown, and the session lives', async (raised, shown) => {
    const results = await run(handler(raised));
    process.kill(python.session.pid ?? 0, 'SIGALRM');
    await expect.poll(() => results.stderr).toMatch(shown);
    expect(results.stderr).not.toContain('_extsession_worker');
    expect(await python.session.evaluate('1')).toBe(1);
  });

  test('that raises while a task runs between commands: so too, and the task goes on', async () => {
    const source = `
import asyncio
ticks = 0
async def tick():
    global ticks
    while True:
        await asyncio.sleep(.001)
        ticks += 1
task = asyncio.create_task(tick())`;
    const results = await run(`${handler('raise TimeoutError("late")')}${source}`);
    process.kill(python.session.pid ?? 0, 'SIGALRM');
    await expect.poll(() => results.stderr).toMatch(/TimeoutError: late\n$/);
    const before = Number(await python.session.evaluate('ticks'));
    await expect.poll(() => python.session.evaluate('ticks')).toBeGreaterThan(before);
  });

  test.each([2, 0.1])('that raises every %d ms ends commands, and never the session', async (milliseconds) => {
    const raising = `
    global calls
    calls += 1
    if calls >= 1000: signal.setitimer(signal.ITIMER_REAL, 0)
    raise TimeoutError`;
    const seconds = milliseconds / 1000; // the shorter time is less than a traceback takes
    await run(`calls = 0${handler(raising)}signal.setitimer(signal.ITIMER_REAL, ${seconds}, ${seconds})`);
    for (let count = 0; count < 100; count++) {
      const { outcome } = await run('print(sum(range(3000)))');
      expect(['ok', 'error']).toContain(outcome?.status);
    }
    const isOver = 'signal.getitimer(signal.ITIMER_REAL)[0] == 0';
    await expect.poll(() => python.session.evaluate(isOver).catch(String), { timeout: 20_000 }).toBe(true);
    expect(await python.session.evaluate('signal.getsignal(signal.SIGALRM) is handler')).toBe(true);
  });

  test('that raises in a command ends what the command waits for', async () => {
    const source =
      'import time\ntry:\n    signal.setitimer(signal.ITIMER_REAL, .05); time.sleep(20)\nexcept TimeoutError: print("in time")';
    const results = await run(`${handler('raise TimeoutError')}${source}`);
    expect(results.stdout).toBe('in time\n');
  });

  test('for SIGINT is the own one of the user, until the default is put back', async () => {
    await run(
      'import signal\nheard = []\nold = signal.signal(signal.SIGINT, lambda *_args: heard.append(print("mine")))',
    );
    const first = python.session.execute('import time\nprint("begun")\nwhile not heard: time.sleep(.01)');
    await expect.poll(() => first.stdout).toBe('begun\n');
    await python.session.interrupt();
    expect([first.stdout, first.outcome?.status]).toEqual(['begun\nmine\n', 'ok']);

    await run('signal.signal(signal.SIGINT, signal.default_int_handler)');
    const second = python.session.execute('print("begun")\nwhile True: pass');
    await expect.poll(() => second.stdout).toBe('begun\n');
    await python.session.interrupt();
    expect(second.outcome?.status).toBe('interrupted');
  });

  test('exceptions that another thread sends to the main thread are each shown, and end no session', async () => {
    await run(`
import ctypes, random, _thread, time
main, error, sent = ctypes.c_ulong(_thread.get_ident()), ctypes.py_object(ZeroDivisionError), []
def send(after, number):
    time.sleep(after)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(main, error)
    sent.append(number)`);
    const all: ExtResults[] = [];
    const rounds = 200;
    for (let round = 0; round < rounds; round++) {
      // It comes while the command ends, while the worker waits or takes pipes back, or while the next one begins.
      all.push(await run(`_thread.start_new_thread(send, (.003 * random.random(), ${String(round)}))`));
      all.push(await run('1'));
      let isSent: string | undefined;
      while (isSent !== 'True') {
        const asked = await run(`${String(round)} in sent`);
        all.push(asked);
        isSent = asked.outcome?.status === 'ok' ? String(asked.outcome.result?.['text/plain']) : undefined;
      }
    }
    const shown = (): unknown[] =>
      all.flatMap(({ stderr, outcome }) => [
        ...stderr.matchAll(/^ZeroDivisionError$/gmu),
        ...(outcome?.status === 'error' ? [outcome] : []),
      ]);
    await expect.poll(() => shown().length, { timeout: 20_000 }).toBe(rounds);
  });

  test('SIGINT that a command has blocked is let through for the next', async () => {
    await run('import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})');
    const next = python.session.execute('print("begun")\nwhile True: pass');
    await expect.poll(() => next.stdout).toBe('begun\n');
    await python.session.interrupt();
    expect(next.outcome?.status).toBe('interrupted');
  });
});
