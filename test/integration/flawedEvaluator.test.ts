import { afterEach, expect, test } from 'vitest';
import { type Evaluator, ExtSession } from '../../src/library.js';
import { inRoot } from '../support/project.mjs';
import { testPythons } from '../support/pythons.js';

const toy: Evaluator = {
  language: 'toy',
  name: 'Toy',
  launch: ({ controlPath }) => ({
    file: testPythons()[0]?.executable ?? 'python3',
    args: [inRoot('test/fixtures/toyEvaluator/toy.py'), controlPath],
  }),
};

let session: ExtSession | undefined;
afterEach(async () => {
  await session?.exit();
});

async function start(flaw: string): Promise<ExtSession> {
  session = await ExtSession.start({ evaluator: toy, env: { TOY_FLAW: flaw } });
  return session;
}

test('a reply that cannot be read ends its command, says so, and the session goes on', async () => {
  const flawed = await start('unreadable');
  const results = flawed.execute('say before\nfail after');
  expect(await results.wait({ timeoutMs: 10_000 })).toMatchObject({
    status: 'error',
    error: { name: 'UnreadableReply', message: expect.stringContaining('error.name') as string },
  });
  expect(results.stdout).toBe('before\nafter\n');
  expect(await flawed.execute('1 + 1').wait()).toMatchObject({ status: 'ok', result: { 'text/plain': '2' } });
});

test('output whose files are gone is lost, which its command says, and the session goes on', async () => {
  const broken = await start('lost');
  for (let count = 0; count < 3; count++) {
    const results = broken.execute('say nobody hears');
    expect(await results.wait({ timeoutMs: 10_000 })).toMatchObject({ status: 'ok' });
    await results.closed;
    expect(results.outputs).toMatchObject([{ type: 'error', name: 'OutputLost' }]);
  }
});
