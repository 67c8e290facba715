import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExtSession, type ExtResults } from '../../src/library.js';
import { eventually } from '../support/eventually.js';

const BUSY = `function spin(): void {
  while (true) Math.random();
}
function outer(): void {
  spin();
}
outer();`;

let session: ExtSession;
beforeAll(async () => {
  session = await ExtSession.start({ evaluator: 'javascript' });
});
afterAll(() => session.exit());

async function busy(source = BUSY, of = session): Promise<ExtResults> {
  const results = of.execute(source, { filename: '/tmp/where.ts', firstLine: 11 });
  await eventually(async () => expect(await of.stack()).toContain('spin'));
  return results;
}

test('a loop tells where it is, goes on, and prints nothing', async () => {
  const results = await busy();
  const lines = (await session.stack()).split('\n');
  expect(lines.map((line) => line.replace(/:\d+(\)?)$/, '$1'))).toEqual([
    '    at spin (/tmp/where.ts:12)',
    '    at outer (/tmp/where.ts:15)',
    '    at /tmp/where.ts:17',
  ]);
  expect(results.state).toBe('running');
  await session.interrupt();
  expect((await results.wait()).status).toBe('interrupted');
  expect(await session.stack()).toBe('');
  const after = session.execute('require("node:inspector").url() ?? "closed"');
  expect(await after.wait()).toMatchObject({ result: { 'text/plain': "'closed'" } });
  expect([results.stderr, after.stderr]).toEqual(['', '']);
});

test('a loop in a callback tells where it is', async () => {
  const results = await busy(
    BUSY.replace('true', 'go').replace(
      'outer();',
      'var go = true; setTimeout(outer, 1);\nawait new Promise(() => {});',
    ),
  );
  expect(await session.stack()).toMatch(/^ {4}at spin .*12:\d+\)\n {4}at Timeout\.outer .*15:\d+\)/);
  await session.restart({ force: true });
  await results.wait();
});

test('a command that waits tells the line of its await', async () => {
  const source = 'const first: number = 1;\nawait 1;\nawait new Promise(\n  (resolve) => (globalThis.go = resolve));';
  const results = session.execute(source, { filename: '/tmp/where.ts', firstLine: 11 });
  await eventually(async () => expect(await session.stack()).toBe('    at await (/tmp/where.ts:13)'));
  expect(await session.variables()).toBeDefined();
  await session.interrupt();
  await results.wait();
  expect(await session.stack()).toBe('');
});

test('the error of an interrupt that has no effect says where the command is', async () => {
  const source = 'await (async () => {\n  await 1;\n  for (;;) Math.random();\n})();';
  const results = session.execute(source, { filename: '/tmp/deaf.js' });
  await eventually(async () => expect(await session.stack()).toContain('deaf.js:3'));
  await expect(session.interrupt()).rejects.toThrow(/It is at:\n {4}at .*\/tmp\/deaf\.js:3/);
  await session.restart({ force: true });
  await results.wait();
});

test('code that listens for the signal itself does not receive it', async () => {
  await using own = await ExtSession.start({ evaluator: 'javascript' });
  const source = `var came = 0;
process.on('SIGUSR1', () => came++);
var until = Date.now() + 400;
while (Date.now() < until);
await new Promise((resolve) => setTimeout(resolve, 50));
came`;
  const results = own.execute(source);
  await eventually(() => expect(results.state).toBe('running'));
  const asked = own.stack();
  expect(await results.wait()).toMatchObject({ result: { 'text/plain': '0' } });
  await asked;
});

test('an inspector that code opens stays open', async () => {
  await using own = await ExtSession.start({ evaluator: 'javascript' });
  await own.execute('require("node:inspector").open(0)').wait();
  expect(await own.evaluate('typeof require("node:inspector").url()')).toBe('string');
  expect(await own.evaluate('process.execArgv.length')).toBe(0);
});

test('a session that outlives its host tells where its command is', async () => {
  await using own = await ExtSession.start({ evaluator: 'javascript', keepAlive: true });
  const results = await busy(BUSY, own);
  await own.interrupt();
  await results.wait();
  expect(results.stderr).toBe('');
});
