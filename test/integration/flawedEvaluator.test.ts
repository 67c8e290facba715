import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Evaluator, ExtSession, type Logger } from '../../src/library.js';
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
  expect(await results.wait({ timeoutMs: 30_000 })).toMatchObject({
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
    expect(await results.wait({ timeoutMs: 30_000 })).toMatchObject({ status: 'ok' });
    await results.closed;
    expect(results.outputs).toMatchObject([{ type: 'error', name: 'OutputLost' }]);
  }
});

test('a start ends in its time when the evaluator greets and never gets ready, and leaves no process', async () => {
  const { logger, pids } = watched();
  const started = ExtSession.start({ evaluator: toy, env: { TOY_FLAW: 'unready' }, logger, startTimeoutMs: 15_000 });
  await expect(started).rejects.toMatchObject({
    code: 'EVALUATOR_START_FAILED',
    message: expect.stringMatching(/^Toy at '.+' was not ready within 15 s\./) as string,
    output: 'it takes a while',
  });
  expect(pids).toHaveLength(1);
  await expect.poll(() => pids.filter(isAlive), { timeout: 10_000 }).toEqual([]);
});

test('a start that waits for an evaluator to get ready can be cancelled, and leaves no process', async () => {
  const controller = new AbortController();
  const { logger, pids } = watched(() => setImmediate(() => controller.abort()));
  const env = { TOY_FLAW: 'unready' };
  const started = ExtSession.start({ evaluator: toy, env, logger, signal: controller.signal });
  await expect(started).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(pids).toHaveLength(1);
  await expect.poll(() => pids.filter(isAlive), { timeout: 10_000 }).toEqual([]);
});

test('a restart ends in its time too: the session is dead then, until another restart brings it back', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'flaws-'));
  const file = path.join(folder, 'flaw');
  writeFileSync(file, '');
  session = await ExtSession.start({ evaluator: toy, env: { TOY_FLAW_FILE: file }, startTimeoutMs: 15_000 });
  writeFileSync(file, 'unready');
  const restarted = session.restart();
  const waiting = session.execute('1 + 1');
  await expect(restarted).rejects.toMatchObject({ code: 'EVALUATOR_START_FAILED' });
  expect((await waiting.wait()).status).toBe('cancelled');
  expect(session.state).toBe('dead');
  writeFileSync(file, '');
  await session.restart();
  expect(await session.execute('1 + 1').wait()).toMatchObject({ status: 'ok', result: { 'text/plain': '2' } });
  rmSync(folder, { recursive: true });
});

/** A logger that takes note of the processes that have greeted. */
function watched(greeted: () => void = () => undefined): { logger: Logger; pids: number[] } {
  const pids: number[] = [];
  const drop = (): void => undefined;
  const info = (message: string): void => {
    const [, pid] = /^Started .* process (\d+)/.exec(message) ?? [];
    if (pid === undefined) return;
    pids.push(Number(pid));
    greeted();
  };
  return { logger: { trace: drop, debug: drop, info, warn: drop, error: drop }, pids };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
