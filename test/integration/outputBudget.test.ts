import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ExtResults, ExtSession, OutputBudget } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';
const mebibyte = 1 << 20;

let budget: OutputBudget;
let session: ExtSession;
beforeEach(async () => {
  budget = new OutputBudget(4 * mebibyte);
  session = await ExtSession.start({ interpreter, outputBudget: budget });
});
afterEach(async () => {
  await session.exit();
});

/** Whole lines of 8 bytes that begin with the number, and what they must come to. */
const lines = (number: number, mebibytes: number): string =>
  `${String(number).padStart(7, '0')}\n`.repeat((mebibytes * mebibyte) / 8);
const printing = (number: number, mebibytes: number): string =>
  `import sys; _ = sys.stdout.write("%07d\\n" % ${String(number)} * ${String((mebibytes * mebibyte) / 8)})`;

async function run(source: string): Promise<ExtResults> {
  const results = session.execute(source);
  expect(await results.wait()).toMatchObject({ status: 'ok' });
  return results;
}

describe('the output of many commands', () => {
  test('takes no more memory than the budget, and is read back from disk, also after a restart and an exit', async () => {
    const all: ExtResults[] = [];
    for (let number = 0; number < 12; number++) {
      all.push(await run(printing(number, 2)));
      expect(budget.held).toBeLessThanOrEqual(budget.bytes);
    }
    expect(budget.spilled).toBeGreaterThanOrEqual(20 * mebibyte);
    const whole = () => all.map(({ stdout }, number) => stdout === lines(number, 2));
    expect(whole()).toEqual(all.map(() => true));
    await session.restart();
    expect(whole()).toEqual(all.map(() => true));
    await session.exit();
    expect(whole()).toEqual(all.map(() => true));
    for (const results of all) results.dispose();
    session.startOutput.dispose();
    expect([budget.held, budget.spilled]).toEqual([0, 0]);
  });

  test('is whole for those who follow a command whose output moves to disk', async () => {
    const results = session.execute(
      `import sys\nfor number in range(10):\n    sys.stdout.write("%07d\\n" % number * ${String(mebibyte / 8)})\n    sys.stderr.write("%d\\n" % number)\n    sys.stdout.flush()`,
    );
    const heard = { stdout: '', stderr: '' };
    results.onDidReceiveOutput((output) => {
      if (output.type === 'stream') heard[output.name] += output.text;
    });
    const read: string[] = [];
    for await (const output of results)
      if (output.type === 'stream' && output.name === 'stderr') read.push(output.text);
    const expected = Array.from({ length: 10 }, (_, number) => lines(number, 1)).join('');
    expect(results.stdout === expected).toBe(true);
    expect(heard.stdout === expected).toBe(true);
    expect(read).toEqual(Array.from({ length: 10 }, (_, number) => `${String(number)}\n`));
    expect(heard.stderr).toBe(read.join(''));
    expect(budget.spilled).toBeGreaterThan(0);
    results.dispose();
  });

  test('is dropped from a command that goes on after its results were disposed of', async () => {
    const onInput = (): Promise<string> => {
      results.dispose();
      return Promise.resolve('go on');
    };
    await using own = await ExtSession.start({ interpreter, outputBudget: budget, onInput });
    const results = own.execute(`${printing(0, 1)}\nsys.stdout.flush()\nline = input()\n${printing(1, 8)}`);
    expect(await results.wait()).toMatchObject({ status: 'ok' });
    expect(budget.spilled).toBe(0);
    const next = own.execute('print(line)');
    await next.wait();
    expect(next.stdout).toBe('go on\n');
  });

  test('does not count what an evaluation printed', async () => {
    await session.evaluate(`print("x" * ${String(8 * mebibyte)})`);
    await run('1');
    await expect.poll(() => budget.spilled, { timeout: 30_000 }).toBe(0);
  });
});

describe('lines of output', () => {
  test('are not kept before they are asked for, if they need not be', async () => {
    await using own = await ExtSession.start({ interpreter, keepLines: false });
    await own.execute('print("before")').wait();
    const next = own.readLine();
    await own.execute('print("after")').wait();
    expect((await next).text).toBe('after');
    await own.execute('print("later")').wait();
    expect((await own.readLine()).text).toBe('later');
  });
});
