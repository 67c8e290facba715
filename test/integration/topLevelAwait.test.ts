import { describe, expect, test } from 'vitest';
import { ExtSession, type ExtResults, type Outcome } from '../../src/library.js';
import { eachSession } from '../support/eachSession.js';
import { type PythonFound, testPythons } from '../support/pythons.js';

const knowsAwait = ({ version }: PythonFound): boolean => Number(version.split('.')[1]) >= 8;
const canAwait = testPythons().filter(knowsAwait);
const canNot = testPythons().filter((python) => !knowsAwait(python));

test.each(canNot)('Python $version knows no await at the top level, and says so', async ({ executable }) => {
  await using session = await ExtSession.start({ interpreter: executable });
  const outcome = await session.execute('import asyncio\nawait asyncio.sleep(0)').wait();
  expect(outcome).toMatchObject({ status: 'error', error: { name: 'SyntaxError' } });
});

describe.each(canAwait)('At the top level of Python $version', ({ executable }) => {
  const python = eachSession({ interpreter: executable });
  const { run } = python;
  const value = async (source: string): Promise<unknown> => {
    const outcome: Outcome | undefined = (await run(source)).outcome;
    return outcome?.status === 'ok' ? outcome.result?.['text/plain'] : outcome;
  };
  const until = async (results: ExtResults, text: string): Promise<void> => {
    if (results.stdout.includes(text)) return;
    await new Promise<void>((resolve) => {
      const listening = results.onDidReceiveOutput(() => {
        if (!results.stdout.includes(text)) return;
        listening.dispose();
        resolve();
      });
    });
  };

  test('await, async for, async with and async comprehensions work', async () => {
    const results = await run(`
import asyncio
async def numbers():
    for i in range(3):
        await asyncio.sleep(0)
        yield i
class Manager:
    async def __aenter__(self): print('in'); return self
    async def __aexit__(self, *error): print('out')
async for number in numbers(): print(number)
async with Manager(): print('inside')
found = [n async for n in numbers()]
await asyncio.sleep(0, 'value')`);
    expect(results.stdout).toBe('0\n1\n2\nin\ninside\nout\n');
    expect(results.outcome).toMatchObject({ status: 'ok', result: { 'text/plain': "'value'" } });
    expect(await value('found')).toBe('[0, 1, 2]');
    expect(await python.session.evaluate('await asyncio.sleep(0, 7)')).toBe(7);
  });

  test('asyncio is not imported unless it is used', async () => {
    expect(await value("'asyncio' in __import__('sys').modules")).toBe('False');
  });

  test('tasks go on between commands and write to their own', async () => {
    const first = await run(`
import asyncio
async def later():
    await asyncio.sleep(0.05); print('between'); display('shown')
task = asyncio.create_task(later())`);
    await until(first, 'between');
    await new Promise<void>((resolve) => {
      first.onDidReceiveOutput(() => {
        resolve();
      });
      if (first.outputs.length === 2) resolve();
    });
    expect(first.outputs.map(({ type }) => type)).toEqual(['stream', 'display_data']);
    const second = await run("print('second'); await task; task.done()");
    expect(second.stdout).toBe('second\n');
    expect(second.outcome).toMatchObject({ result: { 'text/plain': 'True' } });
    expect(first.stdout).toBe('between\n');
  });

  test('the loop is the same for all commands, and asyncio.run has one of its own', async () => {
    await run('import asyncio\nasync def current(): return asyncio.get_running_loop()\nloop = await current()');
    expect(await value('asyncio.run(current()) is loop')).toBe('False');
    expect(await value('(await current()) is loop')).toBe('True');
    await run('loop.close()');
    expect(await value('await asyncio.sleep(0, "new")')).toBe("'new'");
  });

  test('an interrupt ends what awaits, after it has cleaned up, and says where', async () => {
    const results = python.session.execute(`
import asyncio
async def wait():
    try:
        print('on'); await asyncio.sleep(60)
    finally:
        await asyncio.sleep(0); print('cleaned')
await wait()`);
    await until(results, 'on');
    await python.session.interrupt();
    expect(await results.wait()).toMatchObject({ status: 'interrupted', error: { name: 'KeyboardInterrupt' } });
    expect(results.stdout).toBe('on\ncleaned\n');
    expect(functionsOf(results).slice(0, 2)).toEqual(['<module>', 'wait']);
    expect(await value('1')).toBe('1');
  });

  test('an interrupt ends a busy coroutine, and a task that keeps the next command from running', async () => {
    const busy = python.session.execute('async def spin():\n    print("on")\n    while True: pass\nawait spin()');
    await until(busy, 'on');
    await python.session.interrupt();
    expect(await busy.wait()).toMatchObject({ status: 'interrupted' });
    expect(functionsOf(busy)).toEqual(['<module>', 'spin']);
    const started = await run('import asyncio\ntask = asyncio.create_task(spin())');
    await until(started, 'on');
    const kept = python.session.execute("'ran'");
    await python.session.interrupt();
    expect(await kept.wait({ timeoutMs: 30_000 })).toMatchObject({ status: 'ok', result: { 'text/plain': "'ran'" } });
  });

  test('errors show the frames of the user alone', async () => {
    const results = await run('async def fail():\n    raise ValueError("no")\nawait fail()');
    expect(results.outcome).toMatchObject({
      status: 'error',
      error: {
        name: 'ValueError',
        frames: [
          { function: '<module>', line: 3 },
          { function: 'fail', line: 2 },
        ],
      },
    });
  });

  test('is one task with the last expression of its command', async () => {
    expect(await value('import asyncio\nawait asyncio.sleep(0)\nasyncio.get_running_loop().is_running()')).toBe('True');
    expect(await value('task = asyncio.current_task()\nawait asyncio.sleep(0)\nasyncio.current_task() is task')).toBe(
      'True',
    );
    expect(await value('running = asyncio.get_running_loop()\nawait asyncio.sleep(0, 1)')).toBe('1');
    expect(
      await value('import contextvars\nv = contextvars.ContextVar("v")\nv.set(1)\nawait asyncio.sleep(0)\nv.get()'),
    ).toBe('1');
    expect(
      await value(
        'import decimal\ndecimal.setcontext(decimal.Context(prec=3))\nawait asyncio.sleep(0)\ndecimal.Decimal(1) / 3',
      ),
    ).toBe("Decimal('0.333')");
    expect(await value('await asyncio.sleep(0)\nv.get(), decimal.Decimal(1) / 3')).toBe("(1, Decimal('0.333'))");
    expect(await value('await asyncio.sleep(0)\n[name for name in globals() if not name.isidentifier()]')).toBe('[]');
    expect(await value('await asyncio.sleep(0)\n1;')).toBeUndefined();
  });

  test('shows its value in that task, whether the value is awaited or comes after an await', async () => {
    await run(`
import asyncio, contextvars
where = contextvars.ContextVar('where', default='outside')
class Place:
  def __repr__(self): return f'{asyncio.current_task().get_name() if self.named else asyncio.current_task() is self.task} {where.get()}'
  named = False
async def place():
  where.set('inside')
  made = Place()
  made.task = asyncio.current_task()
  return made`);
    expect(await value('await place()')).toBe('True inside');
    expect(await value('here = await place()\nwhere.set("later")\nhere')).toBe('True later');
    expect(await value('where.get()')).toBe("'later'");
    expect(await value('(await place()).named;')).toBeUndefined();
    expect(await value('await place()\n1e999 - 1e999, float("nan")')).toBe('(nan, nan)');
    const names = 'sorted(name for name in globals() if not name.isidentifier())';
    await run(`class Names:\n  def __repr__(self): return repr(${names})`);
    expect(await value('await asyncio.sleep(0, Names())')).toBe('[]');
  });

  test('calls a display hook of the user in that task', async () => {
    await run('import asyncio, sys\nsys.displayhook = lambda value: print(value, asyncio.current_task() is task)');
    const results = await run('task = asyncio.current_task()\nawait asyncio.sleep(0, 5)');
    expect(results.stdout).toBe('5 True\n');
  });

  test('fails with the line of the user where the value that was awaited cannot be shown, and stays usable', async () => {
    const results = await run(
      'import asyncio\nclass No:\n  def __repr__(self): return 1 / 0\nawait asyncio.sleep(0, No())',
    );
    expect(results.outcome).toMatchObject({ error: { name: 'ZeroDivisionError', frames: [{ line: 4 }, { line: 3 }] } });
    expect(await value('_')).not.toBe('5');
  });

  test('shows the line of a last expression that fails after an await', async () => {
    const results = await run('import asyncio\nawait asyncio.sleep(0)\n1 / 0');
    expect(results.outcome).toMatchObject({
      error: { name: 'ZeroDivisionError', frames: [{ line: 3, source: '1 / 0' }] },
    });
  });

  test('finds the loop of futures that an earlier command made, the first of the session too', async () => {
    await run(
      'import asyncio\nasync def m():\n  await asyncio.sleep(0.01)\n  return 7\nf = asyncio.ensure_future(m())',
    );
    expect(await value('await f')).toBe('7');
    expect(await value('g = asyncio.gather(m(), m())\nawait g')).toBe('[7, 7]');
  });

  test.each([
    ['asyncio.run', 'asyncio.run(m())'],
    [
      'a loop of its own that is closed',
      'l = asyncio.new_event_loop()\nasyncio.set_event_loop(l)\nl.run_until_complete(m())\nl.close()',
    ],
  ])("has the session's loop as the current one again after %s", async (_, source) => {
    await run(`import asyncio\nasync def m(): return 7\n${source}`);
    expect(await value('f = asyncio.ensure_future(m())\nl = asyncio.get_event_loop()\nl.is_closed()')).toBe('False');
    expect(await value('await f, f.done(), asyncio.get_running_loop() is l')).toBe('(7, True, True)');
  });

  test.each([
    ['gathered tasks', 'await asyncio.gather(spin(), asyncio.sleep(60))'],
    ['what wait_for waits for', 'await asyncio.wait_for(spin(), 60)'],
    [
      'what is gathered within wait_for',
      'asyncio.get_event_loop().call_soon(print, "spinning")\nawait asyncio.wait_for(asyncio.gather(asyncio.sleep(60)), 60)',
    ],
    ['a task of its own', 't = asyncio.create_task(spin())\nawait asyncio.sleep(60)'],
  ])('leaves no word under a later command when %s is interrupted', async (_, source) => {
    const results = python.session.execute(
      `import asyncio, gc\nasync def spin():\n  print("spinning")\n  while True: pass\n${source}`,
    );
    await until(results, 'spinning');
    await python.session.interrupt();
    expect(await results.wait()).toMatchObject({ status: 'interrupted' });
    await run('t = None');
    const later = await run('gc.collect(); await asyncio.sleep(0.05); gc.collect();');
    expect(later.stdout + later.stderr).toBe('');
  });

  test.each([
    ['the command', 'await asyncio.sleep(0)\nsys.exit(3)', 1],
    ['what it awaits', 'async def end(): sys.exit(3)\nawait end()', 2],
    ['a task that it waits for', 'async def end(): sys.exit(3)\nawait asyncio.gather(end(), asyncio.sleep(60))', 1],
  ])('tells once, with the frames of the user, that %s has raised SystemExit', async (_, source, frames) => {
    const results = await run(`import asyncio, gc, sys\n${source}`);
    const { outcome } = results;
    const error = outcome?.status === 'error' ? outcome.error : undefined;
    expect(error).toMatchObject({ name: 'SystemExit', message: '3' });
    expect(error?.frames.map(({ file }) => file)).toEqual(Array(frames).fill(expect.stringMatching(/^<command/)));
    const later = await run('gc.collect(); await asyncio.sleep(0.05); gc.collect();');
    expect(results.stderr + later.stdout + later.stderr).toBe('');
  });
});

/** Of the frames of its error, the outermost first. */
function functionsOf({ outcome }: ExtResults): string[] {
  if (outcome?.status !== 'interrupted') throw new Error(`It ended as ${outcome?.status ?? 'nothing'}.`);
  return outcome.error.frames.map((frame) => frame.function);
}
