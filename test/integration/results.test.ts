import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession, type InputRequest, type OnInput, type Output } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';

let session: ExtSession;
let requests: InputRequest[];
let answers: (string | undefined | Error)[];
beforeEach(async () => {
  requests = [];
  answers = [];
  session = await ExtSession.start({
    interpreter,
    onInput: (request) => {
      requests.push(request);
      if (answers.length > 0) {
        const answer = answers.shift();
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      }
      return new Promise((resolve) => request.signal.addEventListener('abort', () => resolve(undefined)));
    },
  });
});
afterEach(async () => {
  await session.exit();
});

describe('results', () => {
  test('are read in parts, from where the last read ended, once the command is done', async () => {
    const results = session.execute('print("abc"); print("def")');
    expect(() => results.read()).toThrow(expect.objectContaining({ code: 'RESULTS_NOT_READY' }) as Error);
    await results.wait();
    expect([results.read(2), results.read(0), results.read(3), results.read(), results.read()]).toEqual([
      'ab',
      '',
      'c\nd',
      'ef\n',
      '',
    ]);
  });

  test('can be waited for in a time, or until a signal, with no effect on the command', async () => {
    const results = session.execute('import time\nwhile not globals().get("stop"): time.sleep(0.01)');
    await expect(results.wait({ timeoutMs: 20 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    const controller = new AbortController();
    const waiting = results.wait({ signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(results.wait({ signal: controller.signal })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(results.done).toBe(false);
    await session.interrupt();
    expect((await results.wait({ timeoutMs: 30_000 })).status).toBe('interrupted');
  });

  test.each([Infinity, 3e9, 2 ** 31])(
    'can be waited for in a time of %d ms, which is not over at once',
    async (timeoutMs) => {
      const results = session.execute('import time; time.sleep(0.2)');
      expect((await results.wait({ timeoutMs })).status).toBe('ok');
    },
  );

  test.each([NaN, -1, '5'])('cannot be waited for in a time of %s', async (timeoutMs) => {
    const results = session.execute('1');
    await expect(results.wait({ timeoutMs: timeoutMs as number })).rejects.toThrow("'timeoutMs' must be");
    expect((await results.wait()).status).toBe('ok');
  });

  test('are iterated live, and the iteration ends with the command', async () => {
    const results = session.execute('print("a", flush=True)\nimport sys\nprint("b", file=sys.stderr)\n"c"');
    const seen: Output[] = [];
    for await (const output of results) seen.push(output);
    const text = seen.map((output) => (output.type === 'stream' ? output.text : output.type)).join('');
    expect(text).toBe('a\nb\nexecute_result');
    expect(new Set(seen.map((output) => (output.type === 'stream' ? output.name : '')))).toEqual(
      new Set(['stdout', 'stderr', '']),
    );
    expect(results.done).toBe(true);
  });

  test('wait for an iteration that stands still, without holding their text in memory', async () => {
    const size = 100 << 20;
    const results = session.execute(`import os\nfor _ in range(100): os.write(1, b"x" * (1 << 20))`);
    const before = process.memoryUsage().heapUsed;
    let read = 0;
    for await (const output of results) {
      if (read === 0) {
        await results.wait();
        expect(process.memoryUsage().heapUsed - before).toBeLessThan(size / 2);
      }
      if (output.type === 'stream') read += output.text.length;
    }
    expect(read).toBe(size);
  });

  test('tell a listener only what comes after it listens, until it is disposed of', async () => {
    const results = session.execute('print("early")\ninput()\nprint("late")\ninput()\nprint("last")');
    await expect.poll(() => results.stdout).toBe('early\n');
    const heard: string[] = [];
    const subscription = results.onDidReceiveOutput((output) =>
      heard.push(output.type === 'stream' ? output.text : ''),
    );
    session.writeLine('go on');
    await expect.poll(() => results.stdout).toBe('early\nlate\n');
    subscription.dispose();
    session.writeLine('go on');
    await results.wait();
    expect(heard.join('')).toBe('late\n');
  });

  test('have the bytes exactly as they were written', async () => {
    const results = session.execute('import os; _ = os.write(1, bytes(range(256))); _ = os.write(2, b"\\xff")');
    await results.wait();
    expect([...results.bytes('stdout')]).toEqual(Array.from({ length: 256 }, (_, byte) => byte));
    expect([...results.bytes('stderr')]).toEqual([255]);
  });
});

describe('input', () => {
  test('is answered by lines written ahead first, then by whoever is asked', async () => {
    session.writeLine('ahead');
    answers.push('asked');
    const results = session.execute('a = input("one? ")\nimport getpass\nb = getpass.getpass("two? ")\n[a, b]');
    expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': "['ahead', 'asked']" } });
    expect(requests.map(({ prompt, password }) => [prompt, password])).toEqual([['two? ', true]]);
    expect(requests[0]?.results).toBe(results);
  });

  test('that nobody answers is the end of the file', async () => {
    answers.push(undefined, new Error('the dialog broke'));
    for (let count = 0; count < 2; count++) {
      expect(await session.execute('input()').wait()).toMatchObject({ status: 'error', error: { name: 'EOFError' } });
    }
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no dialog');
      },
      { status: 'error', error: { name: 'EOFError' } },
    ],
    [
      'answers at once, without a promise',
      (() => 'now') as unknown as OnInput,
      { status: 'ok', result: { 'text/plain': "'now'" } },
    ],
  ] as const)('asked from one who %s is no end of the session', async (_how, onInput, outcome) => {
    await using other = await ExtSession.start({ interpreter, onInput });
    expect(await other.execute('input()').wait()).toMatchObject(outcome);
    expect(await other.evaluate('1')).toBe(1);
  });

  test('that is not wanted any more is taken back', async () => {
    const results = session.execute('input("now? ")');
    await expect.poll(() => requests.length).toBe(1);
    await session.interrupt();
    expect((await results.wait()).status).toBe('interrupted');
    expect(requests[0]?.signal.aborted).toBe(true);
  });
});

test('a guardian that was killed is replaced', async () => {
  const guardians = (): string[] => {
    const processes = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' }).split('\n');
    return processes
      .filter((line) => line.includes('extsession-guardian') && line.trim().split(/\s+/)[1] === String(process.pid))
      .map((line) => line.trim().split(/\s+/)[0] ?? '');
  };
  const [before] = guardians();
  expect(before).toBeDefined();
  process.kill(Number(before), 'SIGKILL');
  await expect.poll(guardians).toEqual([expect.not.stringMatching(new RegExp(`^${before ?? ''}$`))]);
});
