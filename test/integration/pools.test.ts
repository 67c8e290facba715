import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession, type ExtResults } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';
import { withPackages } from '../support/withPackages.js';

/*
 * Pools live longer than one command: what a job writes belongs to the command that has submitted it.
 */

let session: ExtSession;

async function run(source: string): Promise<ExtResults> {
  const results = session.execute(source);
  await results.wait({ timeoutMs: 60_000 });
  return results;
}

const sorted = (text: string): string => text.split('\n').toSorted().join('\n').trim();

describe.each(testPythons())('jobs of $version', (python) => {
  beforeAll(async () => {
    session = await ExtSession.start({ interpreter: python.executable });
    await run(`import multiprocessing, os, sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.pool import ThreadPool
forking = multiprocessing.get_context("fork")
def say(word):
    print(word)
    print("error", word, file=sys.stderr)
    os.system("echo child of " + word)
    return word`);
  });
  afterAll(() => session.exit());

  test.each([
    ['pool', 'forking.Pool(1)', 'map(say, ["a"])'],
    ['pool', 'forking.Pool(1)', 'apply_async(say, ("a",)).get()'],
    ['pool', 'forking.Pool(1)', 'apply_async(func=say, args=("a",)).get()'],
    ['pool', 'forking.Pool(1)', 'imap(func=say, iterable=["a"]).next()'],
    ['pool', 'forking.Pool(1)', 'starmap(say, [("a",)])'],
    ['pool', 'forking.Pool(1)', 'imap(say, ["a"]).next()'],
    ['pool', 'forking.Pool(1)', 'imap(say, ["a"], 2).__next__()'],
    ['pool', 'forking.Pool(1)', 'imap_unordered(say, ["a"]).next()'],
    ['threads', 'ThreadPool(1)', 'map(say, ["a"])'],
    ['executor', 'ProcessPoolExecutor(1, mp_context=forking)', 'submit(say, "a").result()'],
    ['executor', 'ProcessPoolExecutor(1, mp_context=forking)', 'map(say, ["a"]).__next__()'],
  ])('of a %s, made by %s, write to the command that has submitted them: %s', async (_, make, call) => {
    const first = await run(`made = ${make}\nmade.${call}`);
    const second = await run(`print("before")\nmade.${call.replace('"a"', '"b"')}\nprint("after")`);
    expect(second.stdout).toBe('before\nb\nchild of b\nafter\n');
    expect(second.stderr).toBe('error b\n');
    expect([first.stdout, first.stderr]).toEqual(['a\nchild of a\n', 'error a\n']);
    await run('getattr(made, "terminate", getattr(made, "shutdown", None))()');
  });

  test('write to their command also when it is over, and what comes back to the session does, too', async () => {
    await run('made = forking.Pool(1)');
    const submitting = await run(
      'import time\nmade.apply_async(time.sleep, (0.2,))\nsaid = made.apply_async(say, ("late",), callback=lambda word: print("back", word))',
    );
    const later = await run('print("later")\nsaid.get(); made.close(); made.join()');
    await submitting.closed;
    expect(later.stdout).toBe('later\n');
    expect(sorted(submitting.stdout)).toBe('back late\nchild of late\nlate');
  });

  test('write where the user has led the process', async () => {
    const results = await run(`import tempfile
log = tempfile.NamedTemporaryFile()
made = forking.Pool(1, os.dup2, (log.fileno(), 1))
made.apply(say, ("first",))`);
    const second = await run('made.apply(say, ("second",))\nmade.close(); made.join()\nprint(open(log.name).read())');
    expect(results.stdout).toBe('');
    expect(second.stdout).toContain('second\nchild of second');
    expect(second.stderr).toBe('error second\n');
  });

  test('fail as they do elsewhere', async () => {
    const wrong = await run('with forking.Pool(1) as made: made.apply_async()');
    expect(wrong.outcome).toMatchObject({
      error: { name: 'TypeError', message: expect.stringContaining("'func'") as string },
    });
    const results = await run(
      'import operator\nwith forking.Pool(1) as made: made.starmap(operator.truediv, [(1, 0)])',
    );
    const { outcome } = results;
    const error = outcome?.status === 'error' ? outcome.error : undefined;
    expect(error?.name).toBe('ZeroDivisionError');
    expect(error?.traceback).not.toMatch(/extsession|_Led|exec/);
    const lost = await run('with forking.Pool(1) as made: made.map(lambda x: x, [1])');
    expect(lost.outcome).toMatchObject({
      status: 'error',
      error: { name: expect.stringMatching(/PicklingError|AttributeError/) as string },
    });
  });
});

withPackages(['joblib'], (python) => {
  test("jobs of joblib write to the command that has submitted them, although it keeps the first one's processes", async () => {
    session = await ExtSession.start({ interpreter: python });
    const source = (word: string) =>
      `from joblib import Parallel, delayed\nParallel(n_jobs=2)(delayed(print)("${word}\\n", end="", flush=True) for _ in range(2));`;
    const [first, second] = [await run(source('a')), await run(source('b'))];
    expect([first.stdout, second.stdout]).toEqual(['a\na\n', 'b\nb\n']);
    await session.exit();
  });
});
