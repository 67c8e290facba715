import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession, type ExtResults } from '../../src/library.js';
import { DATA_TYPE, type DataPlace } from '../../src/protocol/data.js';
import { DebugClient } from '../support/debugClient.js';
import { debugpyFolder } from '../support/debugpy.js';
import { awaitingPythons } from '../support/pythons.js';

/** What a command has handed to the grid. */
function viewed({ outputs }: ExtResults): { readonly kept: number; readonly title: string } | undefined {
  const shown = outputs.map((output) => (output.type === 'display_data' ? output.data[DATA_TYPE] : undefined));
  return shown.find(Boolean) as { readonly kept: number; readonly title: string } | undefined;
}

describe.each(awaitingPythons())('in Python $version', ({ executable }) => {
  const libs = debugpyFolder;
  if (libs === undefined) {
    test('debugged commands', (context) => {
      context.skip('no Python here has debugpy');
    });
    return;
  }
  let session: ExtSession;
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'debugged-'));
    file = path.join(folder, 'program.py'); // which does not exist: the text of the editor runs
    session = await ExtSession.start({ interpreter: executable, cwd: folder });
  });
  afterAll(async () => {
    await session.exit();
    rmSync(folder, { recursive: true });
  });

  async function debug(
    source: string,
    lines: readonly object[],
    filters: readonly object[] = [],
  ): Promise<{ readonly client: DebugClient; readonly results: ExtResults }> {
    const client = new DebugClient([libs ?? '']);
    const results = session.execute(source, { filename: file, debugger: await client.place() });
    await client.begin({ [file]: lines }, { exceptionOptions: filters });
    return { client, results };
  }

  test('a condition that fails is told once, also for a name that does not exist, and does not stop', async () => {
    const source = 'for i in range(3):\n    a = i\n    b = i\n    c = 1';
    const lines = [
      { line: 2, condition: 'nowhere > 1' },
      { line: 3, condition: '1 / 0' },
      { line: 4, condition: 'i == 2' },
    ];
    const { client, results } = await debug(source, lines);
    const told = [(await client.event('output')).output, (await client.event('output')).output];
    expect(told).toEqual([
      expect.stringMatching(/program\.py:2 has failed, .* NameError: name 'nowhere' is not defined\n$/),
      expect.stringMatching(/program\.py:3 has failed, .* ZeroDivisionError: division by zero\n$/),
    ]);
    const { at, threadId } = await client.stop();
    expect(at).toEqual(['<module>:4']);
    await client.request('continue', { threadId });
    expect((await results.wait()).status).toBe('ok');
    expect(client.eventsLeft('output')).toBe(0);
  });

  test('the values that functions have returned while they were debugged do not remain in the session', async () => {
    const { client, results } = await debug('def f():\n    return 1\nx = f()\ny = f()', [{ line: 3 }]);
    const { threadId, frame } = await client.stop();
    await client.request('next', { threadId });
    await client.stop();
    const expression = { frameId: frame, expression: '[*globals()]', context: 'watch' };
    expect((await client.request('evaluate', expression)).result).toContain('__pydevd');
    await client.request('continue', { threadId });
    expect((await results.wait()).status).toBe('ok');
    expect(await session.evaluate('[name for name in globals() if "pydevd" in name]')).toEqual([]);
  });

  test('a command that is stopped is not paused again, and one that runs in the debugger is', async () => {
    const { client, results } = await debug('go = [1]\nwhile go:\n    n = 1\nn = 2', [{ line: 2 }]);
    const { threadId } = await client.stop();
    expect(await session.pause()).toBe('paused');
    await client.request('setBreakpoints', { source: { path: file }, breakpoints: [] });
    await client.request('continue', { threadId });
    // It may not have gone on yet. Once it is paused, pausing it again has no effect.
    await expect.poll(async () => [await session.pause(), client.eventsLeft('stopped')]).toEqual(['paused', 1]);
    const { reason, frame } = await client.stop();
    expect(reason).toBe('pause');
    await client.request('evaluate', { frameId: frame, expression: 'go.clear()', context: 'repl' });
    await client.request('continue', { threadId });
    expect((await results.wait()).status).toBe('ok');
  });

  test('exceptions can be chosen by their classes, those of the session included', async () => {
    await session.execute('class Own(Exception): pass').wait();
    const source = `
def fail(kind):
    try:
        raise kind("x")
    except Exception:
        pass
for each in (KeyError, Own, IndexError, ValueError): fail(each)`;
    const names = [{ names: ['Python Exceptions'] }, { names: ['LookupError', 'Own', '__main__.Own', 'not.There'] }];
    const { client, results } = await debug(source, [], [{ path: names, breakMode: 'always' }]);
    const stops = [];
    for (let stop = 0; stop < 3; stop++) {
      const { at, threadId } = await client.stop();
      stops.push([at[0], (await client.request('exceptionInfo', { threadId })).exceptionId]);
      await client.request('continue', { threadId });
    }
    expect(stops).toEqual([
      ['fail:4', 'KeyError'],
      ['fail:4', 'Own'],
      ['fail:4', 'IndexError'],
    ]);
    expect((await results.wait()).status).toBe('ok');
  });

  test('an error is looked at without a note on frames of its own; one before any code has run has none', async () => {
    const source = 'import asyncio\nasync def f(n):\n    return 1 / n\nawait asyncio.gather(f(0))';
    const failed = session.execute(source, { filename: file });
    await failed.wait();
    const client = new DebugClient([libs]);
    const looked = session.execute('', { debugger: { ...(await client.place()), postMortem: failed.id } });
    await client.begin({});
    const { at, threadId } = await client.stop();
    expect(at).toEqual(['f:3', '<module>:4']);
    expect((await client.request('exceptionInfo', { threadId })).exceptionId).toBe('ZeroDivisionError');
    await client.request('continue', { threadId });
    expect((await looked.wait()).status).toBe('ok');
    const broken = session.execute('def f(:', { filename: file });
    await broken.wait();
    const none = new DebugClient([libs]);
    const place = { ...(await none.place()), postMortem: broken.id } as const;
    const results = session.execute('', { debugger: place });
    await none.begin({});
    const message = expect.stringContaining('None of your code ran') as unknown;
    expect(await results.wait()).toMatchObject({ status: 'error', error: { name: 'DebuggerError', message } });
  });

  test('a data grid shows what the variables are where a command has stopped, and after it has ended', async () => {
    const source =
      "rows = [{'fare': 1}]\nrows.append({'fare': 2})\nimport extsession\nextsession.view(rows)\nrows = 'text'";
    const { client, results } = await debug(source, [{ line: 3 }, { line: 5 }]);
    const { threadId } = await client.stop();
    const shown = (of: DataPlace) =>
      session.data({ ask: 'window', of, rows: [0, 9], columns: [0, 9] }, new AbortController().signal);
    const fares = { window: { rows: 2, heads: [['fare', 'int', 'n']] } };
    expect(await shown({ name: 'rows', path: [] })).toMatchObject(fares);
    await client.request('continue', { threadId });
    await client.stop();
    expect(await shown({ kept: 1, path: [] })).toMatchObject(fares);
    await client.request('continue', { threadId });
    expect((await results.wait()).status).toBe('ok');
    expect(await shown({ name: 'rows', path: [] })).toEqual({ problem: 'unsupported', type: 'str' });
  });

  test('a variable of a function is shown in a grid while the command is stopped', async () => {
    const { client, results } = await debug('def f(n):\n    rows = [[n, 2], [3, 4]]\n    return rows\nf(1)', [
      { line: 3 },
    ]);
    const { threadId, frame } = await client.stop();
    const expression = '__import__("extsession").view((rows), "rows")';
    await client.request('evaluate', { frameId: frame, expression, context: 'repl' });
    await expect.poll(() => viewed(results)).toMatchObject({ title: 'rows' });
    const of = { kept: viewed(results)?.kept ?? 0 };
    const signal = new AbortController().signal;
    const answer = session.data({ ask: 'window', of, rows: [0, 2], columns: [0, 2] }, signal);
    expect(await answer).toMatchObject({ window: { rows: 2, columns: 2 } });
    await client.request('continue', { threadId });
    expect((await results.wait()).status).toBe('ok');
  });
});
