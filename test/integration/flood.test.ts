import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ExtResults, ExtSession } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';
const scratch = mkdtempSync(path.join(os.tmpdir(), 'extsession-flood-'));

let session: ExtSession;
beforeEach(async () => {
  session = await ExtSession.start({ interpreter });
});
afterEach(async () => {
  await session.exit();
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** Prints that follow each other so closely that their text is gathered. */
const FLOOD = 'for number in range(20_000): print(number)\n';
const flooded = Array.from({ length: 20_000 }, (_, number) => `${String(number)}\n`).join('');
const lines = (text: string): string[] => text.split('\n').slice(0, -1);

/** Waits until the command has printed so many characters. */
async function printed(results: ExtResults, characters: number): Promise<void> {
  let length = 0;
  await new Promise<void>((resolve) => {
    results.onDidReceiveOutput((output) => {
      if (output.type === 'stream') length += output.text.length;
      if (length >= characters) resolve();
    });
  });
}

/** Runs it to its end; its text when nothing went wrong. */
async function textOf(source: string): Promise<string> {
  const results = session.execute(source);
  expect(await results.wait()).toMatchObject({ status: 'ok' });
  return results.stdout;
}

describe('what is printed in a flood', () => {
  test('is whole and in order', async () => {
    expect(await textOf(FLOOD.repeat(3))).toBe(flooded.repeat(3));
    const source =
      'for number in range(1, 5001): print(-number); print(number + 0.5); print(f"ä{number}"); print(10**30)';
    const kinds = Array.from({ length: 5000 }, (_, number) => [-1 - number, number + 1.5, `ä${String(number + 1)}`]);
    expect(await textOf(source)).toBe(kinds.map((kind) => [...kind, `1${'0'.repeat(30)}\n`].join('\n')).join(''));
  });

  test.each([
    ['a child', 'import os\nos.system("echo between")'],
    ['os.write', 'import os\nos.write(1, b"between\\n")'],
    ['a fork', 'import os\nif os.fork() == 0:\n    print("between")\n    os._exit(0)\nos.wait()'],
    ['C code through ctypes', 'import ctypes\nlibc = ctypes.CDLL(None)\nlibc.puts(b"between")\nlibc.fflush(None)'],
    ['another program', 'import subprocess\nsubprocess.run(["echo", "between"])'],
    ['bytes', 'import sys\nsys.stdout.buffer.write(b"between\\n")'],
    ['text longer than a piece', `print("between" * 1000)`],
    ['text of many bytes a character', 'print("\\U0001f642" * 3000)'],
    ['no text at all', 'print(end="")'],
    ['a surrogate', 'print("\\udc80")'],
  ])('keeps its place before and after %s', async (_what, source) => {
    const between = await textOf(source);
    expect(await textOf(`${FLOOD}${source}\n${FLOOD}`)).toBe(flooded + between + flooded);
  });

  test('keeps its place among what goes to the other stream, and among displays', async () => {
    const source = `${FLOOD}import sys, extsession\nprint("between", file=sys.stderr)\n${FLOOD}extsession.display(1)\n${FLOOD}`;
    const results = session.execute(source);
    expect(await results.wait()).toMatchObject({ status: 'ok' });
    const parts: { kind: string; text: string }[] = [];
    for (const output of results.outputs) {
      const { kind, text } =
        output.type === 'stream' ? { kind: output.name, text: output.text } : { kind: output.type, text: '' };
      const last = parts.at(-1);
      if (last?.kind === kind) last.text += text;
      else parts.push({ kind, text });
    }
    expect(parts).toEqual([
      { kind: 'stdout', text: flooded },
      { kind: 'stderr', text: 'between\n' },
      { kind: 'stdout', text: flooded },
      { kind: 'display_data', text: '' },
      { kind: 'stdout', text: flooded },
    ]);
  });

  test('by two threads of two commands goes to each its own', async () => {
    const source = (word: string): string =>
      `import threading\n${word} = threading.Thread(target=lambda: [print("${word}", n) for n in range(20_000)])\n${word}.start()`;
    const first = session.execute(source('first'));
    const second = session.execute(
      `${source('second')}\nfor n in range(20_000): print("main", n)\nfirst.join(); second.join()`,
    );
    expect(await second.wait()).toMatchObject({ status: 'ok' });
    await session.execute('del first, second').wait();
    await first.closed;
    expect(first.stdout).toBe(Array.from({ length: 20_000 }, (_, n) => `first ${String(n)}\n`).join(''));
    for (const word of ['second', 'main']) {
      const own = lines(second.stdout).filter((line) => line.startsWith(word));
      expect(own).toEqual(Array.from({ length: 20_000 }, (_, n) => `${word} ${String(n)}`));
    }
  });

  test('is there when it stops, while the command goes on', async () => {
    const gone = path.join(scratch, 'gone');
    const results = session.execute(
      `import os, time\n${FLOOD}while not os.path.exists(${JSON.stringify(gone)}): time.sleep(0.01)`,
    );
    await printed(results, flooded.length);
    writeFileSync(gone, '');
    expect(await results.wait()).toMatchObject({ status: 'ok' });
  });

  test('is all there when it is interrupted', async () => {
    const results = session.execute('n = 0\nwhile True:\n    print(n)\n    n += 1');
    await printed(results, 200_000);
    await session.interrupt();
    expect(await results.wait()).toMatchObject({ status: 'interrupted' });
    const whole = lines(results.stdout);
    expect(whole).toEqual(Array.from(whole, (_, n) => String(n)));
    expect(whole.length).toBeGreaterThanOrEqual(Number(await session.get('n')));
  });
});

test('a process killed in a flood has lost nothing of what it printed, and nothing comes twice', async () => {
  const counter = path.join(scratch, 'counter');
  const source = [
    'import mmap, os',
    `with open(${JSON.stringify(counter)}, "wb") as file: file.write(bytes(8))`,
    `file = open(${JSON.stringify(counter)}, "r+b")`,
    'printed = memoryview(mmap.mmap(file.fileno(), 8)).cast("q")',
    'for number in range(10**9):',
    '    print(number)',
    '    printed[0] = number + 1',
  ].join('\n');
  for (let round = 0; round < 20; round++) {
    const results = session.execute(source);
    await printed(results, 1000 + Math.random() * 200_000);
    process.kill(session.pid ?? 0, 'SIGKILL');
    expect(await results.wait()).toMatchObject({ status: 'died' });
    const whole = lines(results.stdout);
    expect(whole).toEqual(Array.from(whole, (_, n) => String(n)));
    expect(whole.length).toBeGreaterThanOrEqual(Number(readFileSync(counter).readBigInt64LE()));
    await session.restart();
  }
});
