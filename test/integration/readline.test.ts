import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ExtSession, type Outcome } from '../../src/library.js';

/*
 * What reads lines of the input: a command that asks with `readline`, and the user who answers.
 */

let session: ExtSession;

const run = (source: string): Promise<Outcome> => session.execute(source).wait({ timeoutMs: 30_000 });

/** What a command shows as its value, or its failure. */
async function value(source: string): Promise<unknown> {
  const outcome = await run(source);
  return outcome.status === 'ok' ? outcome.result?.['text/plain'] : outcome;
}

/** What was asked for and what the user did: a line, or nothing; what is left out is not answered. */
async function withAnswers(answers: (string | undefined)[], body: (asked: () => number) => Promise<void>) {
  let asked = 0;
  await using own = await ExtSession.start({
    evaluator: 'javascript',
    onInput: ({ signal }) => {
      asked++;
      if (answers.length > 0) return Promise.resolve(answers.shift());
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          resolve(undefined);
        });
      });
    },
  });
  session = own;
  await value(
    'const { createInterface } = require("node:readline/promises"); const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms)); 0',
  );
  await body(() => asked);
}

test('asks once for each question, and not again after the answer', async () => {
  await withAnswers(['Ann', 'Bob', 'Eve'], async (asked) => {
    const question =
      'const rl = createInterface({ input: process.stdin }); const name = await rl.question("Name? "); rl.close();';
    expect(await value(`{ ${question} } await later(50); 0`)).toBe('0');
    expect(await value(`await (async () => { ${question} await later(50); return name })()`)).toBe("'Bob'");
    const classic =
      'await new Promise((done) => { const rl = require("readline").createInterface({ input: process.stdin }); rl.question("N? ", (name) => { rl.close(); done(name); }); })';
    expect(await value(classic)).toBe("'Eve'");
    expect(asked()).toBe(3);
  });
});

test.each([
  ['a line', 'process.stdin.once("data", done)'],
  ['what can be read', 'process.stdin.once("readable", () => done(process.stdin.read()))'],
])('asks once where %s is waited for once', async (_, waiting) => {
  await withAnswers(['Ann', 'Bob'], async (asked) => {
    const reading = `await new Promise((done) => { ${waiting} })`;
    expect(await value(`String(${reading})`)).toBe(String.raw`'Ann\n'`);
    expect(await value('await later(50); 0')).toBe('0');
    expect(asked()).toBe(1);
    expect(await value(`String(${reading})`)).toBe(String.raw`'Bob\n'`);
    expect(asked()).toBe(2);
  });
});

test('never waits for ever after a request without a question was dismissed', async () => {
  await withAnswers(['Ann', undefined, 'Bob'], async () => {
    const asking = `await (async () => {
      const first = createInterface({ input: process.stdin }).on('line', () => undefined);
      const ended = new Promise((resolve) => first.once('close', resolve));
      const names = [await first.question('a')];
      await ended;
      names.push(await first.question('b').catch((error) => error.code));
      const second = createInterface({ input: process.stdin });
      names.push(await second.question('c'));
      second.close();
      return names;
    })()`;
    expect(await value(asking)).toBe("[ 'Ann', 'ERR_USE_AFTER_CLOSE', 'Bob' ]");
  });
});

test('asks for nothing while an interface is open that has its answer, and again when it has a question', async () => {
  await withAnswers(['Ann', 'Bob', 'x', 'y'], async (asked) => {
    expect(await value('const open = createInterface({ input: process.stdin }); await later(50); 0')).toBe('0');
    expect(asked()).toBe(0);
    expect(await value('await open.question("a")')).toBe("'Ann'");
    expect(await value('await later(50); 0')).toBe('0');
    expect(asked()).toBe(1);
    expect(await value('await open.question("b")')).toBe("'Bob'");
    // what follows a wait may run some turns later, and by then the next line may have been asked for
    const lines = 'const lines = []; for await (const line of open) if (lines.push(line) === 2) break; lines';
    expect(await value(lines)).toBe("[ 'x', 'y' ]");
  });
});

test('a question of one interface is asked after another one was closed', async () => {
  await withAnswers(['Ann', 'Bob'], async () => {
    const two = 'const [one, two] = [0, 1].map(() => createInterface({ input: process.stdin }))';
    const asking = `${two}; const names = [await one.question('a')]; one.close(); names.push(await two.question('b')); two.close(); names`;
    expect(await value(asking)).toBe("[ 'Ann', 'Bob' ]");
  });
});

test('takes back a request when its question is, and asks again for the next', async () => {
  const states: string[] = [];
  const folder = mkdtempSync(path.join(tmpdir(), 'readline-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const asked = path.join(folder, 'asked');
  await using own = await ExtSession.start({
    evaluator: 'javascript',
    onInput: ({ signal }) => {
      states.push('asked');
      writeFileSync(asked, '');
      if (states.includes('taken back')) return Promise.resolve('Bob');
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          states.push('taken back');
          resolve(undefined);
        });
      });
    },
  });
  const source = `const rl = require("node:readline/promises").createInterface({ input: process.stdin });
    const stop = new AbortController();
    const gone = rl.question("a", { signal: stop.signal }).catch((error) => error.code);
    const next = new Promise((resolve) => {
      const looking = setInterval(() => {
        if (!require("node:fs").existsSync(${JSON.stringify(asked)})) return;
        clearInterval(looking);
        stop.abort();
        resolve(rl.question("b")); // in the same turn
      }, 5);
    });
    [await gone, await next]`;
  const outcome = await own.execute(source).wait();
  expect(outcome).toMatchObject({ result: { 'text/plain': "[ 'ABORT_ERR', 'Bob' ]" } });
  expect(states).toEqual(['asked', 'taken back', 'asked']);
});

test.each([
  ['promises', 'await createInterface({ input: process.stdin }).question("a")'],
  [
    'callbacks',
    'await new Promise((done) => require("readline").createInterface({ input: process.stdin }).question("a", done))',
  ],
])('fails the command that waits for an answer when the input ends, with %s', async (_, asking) => {
  await withAnswers([undefined, 'Bob'], async () => {
    expect(await run(asking)).toMatchObject({ status: 'error', error: { message: 'The input has ended.' } });
    expect(await value('await createInterface({ input: process.stdin }).question("b")')).toBe("'Bob'");
  });
});

test('of a command that was interrupted has ended', async () => {
  await withAnswers([], async (asked) => {
    const reading = session.execute('const old = createInterface({ input: process.stdin }); await old.question("a")');
    await expect.poll(asked).toBe(1);
    await session.interrupt();
    expect((await reading.wait()).status).toBe('interrupted');
    expect(await value('await old.question("b").catch((error) => error.code)')).toBe("'ERR_USE_AFTER_CLOSE'");
  });
});
