import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession, type ExtResults, type Outcome } from '../../src/library.js';
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
  let session: ExtSession;
  beforeEach(async () => {
    session = await ExtSession.start({ interpreter: executable });
  });
  afterEach(async () => {
    await session.exit();
  });

  const run = async (source: string): Promise<ExtResults> => {
    const results = session.execute(source);
    await results.wait({ timeoutMs: 20_000 });
    return results;
  };
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
    expect(await session.evaluate('await asyncio.sleep(0, 7)')).toBe(7);
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
    expect(
      await value(
        'import asyncio\nasync def current(): return asyncio.get_running_loop()\nloop = await current()\nasyncio.run(current()) is loop',
      ),
    ).toBe('False');
    expect(await value('(await current()) is loop')).toBe('True');
    expect(await value('loop.close()\nawait asyncio.sleep(0, "new")')).toBe("'new'");
  });

  test('an interrupt ends what awaits, after it has cleaned up, and says where', async () => {
    const results = session.execute(`
import asyncio
async def wait():
    try:
        print('on'); await asyncio.sleep(60)
    finally:
        await asyncio.sleep(0); print('cleaned')
await wait()`);
    await until(results, 'on');
    await session.interrupt();
    expect(await results.wait()).toMatchObject({ status: 'interrupted', error: { name: 'KeyboardInterrupt' } });
    expect(results.stdout).toBe('on\ncleaned\n');
    expect(functionsOf(results).slice(0, 2)).toEqual(['<module>', 'wait']);
    expect(await value('1')).toBe('1');
  });

  test('an interrupt ends a busy coroutine, and a task that keeps the next command from running', async () => {
    const busy = session.execute('async def spin():\n    print("on")\n    while True: pass\nawait spin()');
    await until(busy, 'on');
    await session.interrupt();
    expect(await busy.wait()).toMatchObject({ status: 'interrupted' });
    expect(functionsOf(busy)).toEqual(['<module>', 'spin']);
    const started = await run('import asyncio\ntask = asyncio.create_task(spin())');
    await until(started, 'on');
    const kept = session.execute("'ran'");
    await session.interrupt();
    expect(await kept.wait({ timeoutMs: 5000 })).toMatchObject({ status: 'ok', result: { 'text/plain': "'ran'" } });
  });

  test('errors show the frames of the person alone', async () => {
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
});

/** Of the frames of its error, the outermost first. */
function functionsOf({ outcome }: ExtResults): string[] {
  if (outcome?.status !== 'interrupted') throw new Error(`It ended as ${outcome?.status ?? 'nothing'}.`);
  return outcome.error.frames.map((frame) => frame.function);
}
