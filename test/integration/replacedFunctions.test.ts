import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

/** The worker puts functions of its own in the place of some: programs must not see a difference. */
describe.each(testPythons())('with Python $version, functions that are replaced', ({ executable, version }) => {
  let session: ExtSession;
  beforeEach(async () => {
    session = await ExtSession.start({ interpreter: executable });
  });
  afterEach(async () => {
    await session.exit();
  });

  const valueOf = async (source: string): Promise<unknown> => {
    const results = session.execute(source);
    const outcome = await results.wait();
    expect(outcome, results.stderr).toMatchObject({ status: 'ok' });
    return outcome.status === 'ok' ? outcome.result?.['text/plain'] : undefined;
  };

  test('are pickled by their names, so that other processes can run them', async () => {
    expect(
      await valueOf(`import _thread, copy, getpass, os, pickle
functions = [print, input, os.system, os.write, os.dup, os.waitpid, _thread.start_new_thread, getpass.getpass]
[one.__name__ for one in functions if pickle.loads(pickle.dumps(one)) is not one or copy.deepcopy(one) is not one]`),
    ).toBe('[]');
    expect(
      await valueOf(`import multiprocessing
with multiprocessing.get_context("spawn").Pool(1) as pool: codes = pool.map(os.system, ["exit 0", "exit 3"])
[os.WEXITSTATUS(code) for code in codes]`),
    ).toBe('[0, 3]');
  });

  test('do not bind to the objects of a class that names them', async () => {
    const results = session.execute(`import os
class Tool:
    log, run = print, os.system
Tool().log("hello")
Tool().run("exit 0")`);
    expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': '0' } });
    expect(results.stdout).toBe('hello\n');
  });

  test.skipIf(process.platform === 'win32')('can be those that the session needs itself, as gevent does', async () => {
    const gone = 'import os, select, time\ndel select.poll, time.monotonic, os.read, os.close, os.mkfifo, os.unlink';
    expect(await valueOf(`${gone}\nfor _ in range(3_000_000): pass\n1`)).toBe('1');
    for (const number of [2, 3, 4]) expect(await valueOf(String(number))).toBe(String(number));
    expect((await session.variables()).map(({ name }) => name)).toContain('select');
  });

  test('look as they did', async () => {
    expect(await valueOf('import inspect, os\nstr(inspect.signature(os.write)), repr(print)')).toBe(
      "('(fd, data, /)', '<built-in function print>')",
    );
    expect(await valueOf('import asyncio\nasyncio.new_event_loop().call_soon(print, 1)')).toMatch(
      /^<Handle print\(\)\(1?\)>$/,
    );
    const { items } = await session.complete('prin', 4);
    expect(items).toContainEqual(expect.objectContaining({ text: 'print', kind: 'function' }));
    expect((await session.inspect('os.system(', 10))?.['text/plain']).toContain('def system(command)');
  });

  test('read what is left of a line, and bytes one by one', async () => {
    session.writeLine('abc\ndéf');
    expect(await valueOf('import sys\nsys.stdin.read(1), input()')).toBe("('a', 'bc')");
    expect(await valueOf('sys.stdin.buffer.read(2), sys.stdin.buffer.read(2), input()')).toBe(
      String.raw`(b'd\xc3', b'\xa9f', '')`,
    );
  });

  test('write for the command of their thread, also while no command runs', async () => {
    const writes = 'print("print"); os.write(1, b"out"); os.write(2, b"err"); over.set()';
    const first = session.execute(`import os, threading
go, over = threading.Event(), threading.Event()
def late(): go.wait(); ${writes}
threading.Thread(target=late).start()`);
    const second = session.execute('threading.Timer(0.05, go.set).start()');
    await second.wait();
    await expect.poll(() => first.stderr).toBe('err');
    await session.execute('over.wait()').wait();
    expect([first.stdout, second.stdout + second.stderr]).toEqual(['print\nout', '']);
  });

  test.each([
    ['', 'f()'],
    ['async ', 'await f()'],
  ])('have no frames of the worker below them in a debugger: %sdef', async (prefix, call) => {
    if (prefix && version.startsWith('3.7.')) return;
    const steps = ['where', 'up', 'up', 'c'];
    await session.exit();
    session = await ExtSession.start({ interpreter: executable, onInput: () => Promise.resolve(steps.shift()) });
    const results = session.execute(`${prefix}def f():\n    breakpoint()\n    return 1\n${call}`);
    await results.wait();
    expect(results.stdout).toContain('Oldest frame');
    expect(results.stdout).not.toMatch(/extsession_worker|start\.py|asyncio/);
  });

  test('are stepped over by debuggers', async () => {
    const steps = ['s', 's', 'c'];
    await session.exit();
    session = await ExtSession.start({ interpreter: executable, onInput: () => Promise.resolve(steps.shift()) });
    const results = session.execute('def f():\n    breakpoint()\n    print("x")\n    return 1\nf()');
    await results.wait();
    expect(results.stdout.match(/\d+\)\w+\(\)/g)).toContain('4)f()');
    expect(results.stdout).not.toContain('printing.py');
  });
});
