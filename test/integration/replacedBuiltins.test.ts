import { expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';

/** As stand-ins of tests do that go wrong. */
const throwing = '= () => { throw new Error("replaced") }';

const files = ['openSync', 'closeSync', 'existsSync', 'rmSync', 'writeSync', 'readSync'].map((name) => `fs.${name}`);
const ofModules = [...files, 'path.join', 'path.dirname', 'util.inspect', 'vm.Script'].map((name) =>
  name.replace(/^\w+/, 'require("$&")'),
);

test.each([
  ...ofModules,
  'Math.max',
  'Math.round',
  'Buffer.prototype.toString',
  'Buffer.prototype.write',
  'performance.now',
])('a JavaScript session neither fails nor hangs when its code replaces %s', async (name) => {
  await using session = await ExtSession.start({ evaluator: 'javascript' });
  const long = 'for (const end = Date.now() + 150; Date.now() < end;);';
  const outcome = await session.execute(`${name} ${throwing}; ${long} 1`).wait({ timeoutMs: 20_000 });
  expect(outcome).toMatchObject({ status: 'ok', result: { 'text/plain': '1' } });
  expect(outcome.usage).toBeDefined();
  const failed = await session.execute(`${name}()`).wait({ timeoutMs: 20_000 });
  expect(failed).toMatchObject({ status: 'error', error: { message: 'replaced' } });
  expect(await session.evaluate('2')).toBe(2);
});
