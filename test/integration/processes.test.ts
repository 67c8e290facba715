import { describe, expect, test } from 'vitest';
import type { ExtResults } from '../../src/library.js';
import { eachSession } from '../support/eachSession.js';
import { testPythons } from '../support/pythons.js';

describe.each(testPythons())('with Python $version, processes of multiprocessing', ({ executable }) => {
  const python = eachSession({ interpreter: executable });
  const { run } = python;

  test('that a forkserver makes write to the command that starts them', async () => {
    const start = (text: string): Promise<ExtResults> =>
      run(`import multiprocessing
context = multiprocessing.get_context("forkserver")
process = context.Process(target=print, args=("${text}",), kwargs={"flush": True})
process.start(); process.join(); print(process.exitcode)`);
    expect((await start('first')).stdout).toBe('first\n0\n');
    expect((await start('second')).stdout).toBe('second\n0\n');
    const pool = await run(
      'with context.Pool(1) as pool: pool.apply(print, ("third",), {"flush": True})\nprint("done")',
    );
    expect(pool.stdout).toBe('third\ndone\n');
  });

  test.each(['spawn', 'forkserver'])(
    'that are made by %s say at once that they cannot find what the session defines',
    async (method) => {
      const results = await run(`import multiprocessing
def double(x): return 2 * x
class Task: pass
context = multiprocessing.get_context("${method}")
with context.Pool(1) as pool:
    for attempt in (lambda: pool.map(double, [1]), lambda: pool.apply(len, (Task(),))):
        try: attempt()
        except Exception as error: print(type(error).__name__, "defined in the session" in str(error))
    print(pool.map(abs, [-1]))
process = context.Process(target=double, args=(1,))
try: process.start()
except Exception as error: print(type(error).__name__, "defined in the session" in str(error))
from concurrent.futures import ProcessPoolExecutor
with ProcessPoolExecutor(1, mp_context=context) as executor:
    for attempt in (lambda: executor.submit(double, 1).result(), lambda: list(executor.map(double, [1]))):
        try: attempt()
        except Exception as error: print(type(error).__name__, "defined in the session" in str(error))
    print(list(executor.map(abs, [-1])))`);
      expect(results.stderr).toBe('');
      expect(results.stdout).toBe(
        'PicklingError True\nPicklingError True\n[1]\nPicklingError True\nPicklingError True\nPicklingError True\n[1]\n',
      );
    },
  );

  test('that are forked run what the session defines', async () => {
    const results = await run(`import multiprocessing
def double(x): return 2 * x
with multiprocessing.get_context("fork").Pool(2) as pool: print(pool.map(double, [1, 2]))`);
    expect(results.stdout).toBe('[2, 4]\n');
  });

  test.each(['fork', 'spawn', 'forkserver'])('that fail, made by %s, show no frames but their own', async (method) => {
    const results = await run(
      `import multiprocessing\nprocess = multiprocessing.get_context("${method}").Process(target=divmod, args=(1, 0), name="mine")\nprocess.start(); process.join(); print(process.exitcode)`,
    );
    expect(results.stdout).toBe('1\n');
    expect(results.stderr).toMatch(/^Process mine:\nTraceback[^]*in run\n[^]*\nZeroDivisionError: .*\n$/);
    expect(results.stderr.match(/ {2}File .*/g)).toEqual([expect.stringMatching(/process\.py", line \d+, in run$/)]);
  });

  const atExit =
    'exec, args=("from multiprocessing import util; util.Finalize(None, exec, (%r,), exitpriority=1)" % work,)';
  test.each([
    ['fork', 'while they run', 'exec, args=(work,)'],
    ['spawn', 'while they run', 'exec, args=(work,)'],
    ['forkserver', 'while they run', 'exec, args=(work,)'],
    ['spawn', 'while they import what they run', 'print, args=(Import(),)'],
    ['forkserver', 'while they import what they run', 'print, args=(Import(),)'],
    ['fork', 'while they end', atExit],
    ['spawn', 'while they end', atExit],
  ])('leave the word of an interrupt to the session, with %s, %s', async (method, _when, target) => {
    // not those of a pool: what an interrupt leaves of its locks keeps it from ending, in any Python, now and then
    const results = python.session.execute(`import multiprocessing
work = 'import os, time; os.write(1, b"on."); time.sleep(60)'
class Import:
    def __reduce__(self): return exec, (work,)
processes = [multiprocessing.get_context("${method}").Process(target=${target}) for _ in range(4)]
for process in processes: process.start()
for process in processes: process.join()`);
    await new Promise<void>((resolve) => {
      const listening = results.onDidReceiveOutput(() => {
        if (results.stdout.split('on.').length < 5) return;
        listening.dispose();
        resolve();
      });
    });
    await python.session.interrupt();
    expect(await results.wait()).toMatchObject({ status: 'interrupted' });
    await run('for process in processes: process.join()'); // a server of multiprocessing keeps the streams open
    expect(results.stderr).toBe('');
  });
});
