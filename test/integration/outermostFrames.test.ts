import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

const FILE = '/somewhere/lesson.py';

const pythons = testPythons().filter(({ version }) => !version.startsWith('3.7.'));

describe.each(pythons)('with Python $version, the stack of user code', ({ executable }) => {
  let session: ExtSession;
  beforeEach(async () => {
    session = await ExtSession.start({ interpreter: executable });
  });
  afterEach(async () => {
    await session.exit();
  });

  const printed = async (source: string): Promise<string> => {
    const results = session.execute(source, { filename: FILE });
    const outcome = await results.wait();
    expect(outcome, results.stderr).toMatchObject({ status: 'ok' });
    return results.stdout + results.stderr;
  };

  test('has its own frames only, as in a script', async () => {
    expect(
      await printed(`"""What it does."""
from __future__ import division
import inspect, sys
def depth(): return len(inspect.stack())
frame, names = sys._getframe(), []
while frame: names.append(frame.f_code.co_name); frame = frame.f_back
print(names, depth(), __doc__)
try: sys._getframe(1)
except ValueError as error: print(error)`),
    ).toBe("['<module>'] 2 What it does.\ncall stack is not deep enough\n");
    expect(
      await printed(`import logging, threading, traceback
def where(): traceback.print_stack()
where()
logging.warning('look', stack_info=True)
thread = threading.Thread(target=where); thread.start(); thread.join()
try: 1 / 0
except ZeroDivisionError: logging.exception('no')`),
    ).not.toMatch(/extsession|start\.py|main\.py/);
    expect(await printed('import faulthandler, sys\nfaulthandler.dump_traceback(sys.stderr, all_threads=False)')).toBe(
      `Stack (most recent call first):\n  File "${FILE}", line 2 in <module>\n`,
    );
  });

  test('has those of the event loop below it where it awaits, and none of ours', async () => {
    const stack = await printed(`import asyncio, traceback
async def work(): traceback.print_stack()
await work()
await asyncio.create_task(work())
asyncio.get_running_loop().set_debug(True)
task = asyncio.create_task(asyncio.sleep(0))
await task
print(task, ''.join(task._source_traceback.format()))`);
    expect(stack).toContain('base_events.py');
    expect(stack).not.toMatch(/extsession|start\.py/);
    expect(await printed('import asyncio\nawait asyncio.sleep(0)\nprint(asyncio.current_task())')).not.toContain(
      'extsession',
    );
  });

  test('begins with it in errors, values and exits', async () => {
    const failed = await session.execute('def f(): 1 / 0\nf()', { filename: FILE, firstLine: 7 }).wait();
    expect(failed).toMatchObject({
      error: {
        frames: [
          { line: 8, function: '<module>' },
          { line: 7, function: 'f' },
        ],
      },
    });
    expect(await session.execute('from __future__ import annotations\n(1 +\n 2)').wait()).toMatchObject({
      result: { 'text/plain': '3' },
    });
    expect(await session.execute('len("abc");').wait()).not.toHaveProperty('result');
    expect(await session.execute('import sys\nsys.exit(3)').wait()).toMatchObject({ error: { exitCode: 3 } });
    expect(await session.execute('def g(x: Missing) -> None: ...\ng(1)').wait()).toMatchObject({ status: 'ok' });
  });

  test.each([
    'x = 1\nwhile x: x += 1',
    'while True: pass',
    'for n in iter(int, 1): pass',
    'while len("a"):\n  try: 1/0\n  except Exception: continue',
  ])('is left by an interrupt of %j, and the session goes on', async (loop) => {
    const results = session.execute(`print("begun", flush=True)\n${loop}`);
    for await (const output of results) if (output.type === 'stream') break;
    await session.interrupt();
    expect(await results.wait()).toMatchObject({ status: 'interrupted', error: { name: 'KeyboardInterrupt' } });
    expect(await printed('print("on")')).toBe('on\n');
  });

  test('does not end with errors that threads and signal handlers raise around its ends', async () => {
    const raising = `import ctypes, threading
def later(number):
    for _ in range(number): pass
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(threading.main_thread().ident), ctypes.py_object(LookupError))
`;
    await session.execute(raising).wait();
    const pid = await session.evaluate('__import__("os").getpid()');
    for (let turn = 0; turn < 60; turn++) {
      await session.execute(`threading.Thread(target=later, args=(${String(turn * 7)},)).start()`).wait();
    }
    await session.execute('pass\nlen("")').wait();
    expect(await session.evaluate('__import__("os").getpid()')).toBe(pid);
  });
});
