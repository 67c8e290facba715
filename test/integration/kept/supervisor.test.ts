import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { silentLogger } from '../../../src/engine/logger.js';
import {
  encodeSupervisorFrame,
  received,
  sent,
  type SupervisorFrame,
  SupervisorFrameReader,
} from '../../../src/engine/supervised/frames.js';
import { connectToSupervisor } from '../../../src/engine/supervised/supervisorConnection.js';
import { ExtSession, type SessionReference } from '../../../src/library.js';
import { interpreter, keptLanguages } from './keptLanguages.js';
import { alive, attach, endSessionsAfterEach, referenceOf, seen, start, supervisorOf } from './keptSessions.js';

endSessionsAfterEach();

const byName = keptLanguages.map((language) => [language.name, language] as const);

/** The kinds of the frames that a host would see, to the end of the process. */
async function framesOf({ directory, secret }: SessionReference): Promise<number[]> {
  const connection = await connectToSupervisor(directory, silentLogger);
  await connection.attach(secret);
  const kinds: number[] = [];
  await new Promise<void>((resolve) => {
    connection.listen(({ kind }) => {
      kinds.push(kind);
      if (kind === received.exit) setTimeout(resolve, 100); // for what would come too late
    });
  });
  connection.destroy();
  return kinds;
}

/** What a host of that version is answered. */
async function answerTo(
  version: number,
  { directory, secret }: SessionReference,
): Promise<Pick<SupervisorFrame, 'kind'> & { text: string }> {
  const socket = createConnection(path.join(directory, 'h'));
  socket.write(encodeSupervisorFrame(sent.attach, { version, secret }));
  const reader = new SupervisorFrameReader();
  for await (const chunk of socket) {
    for (const { kind, payload } of reader.push(chunk as Buffer)) return { kind, text: payload.toString() };
  }
  throw new Error('There was no answer.');
}

/** How many files of a directory this process has open. */
function openIn(directory: string): number {
  const targets = readdirSync('/proc/self/fd').map((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`);
    } catch {
      return ''; // that of this very list
    }
  });
  return targets.filter((target) => target.startsWith(directory + path.sep)).length;
}

describe.each(byName)('the supervisor of a session of %s', (_name, language) => {
  const { options } = language;

  test('tells a host of another version its own, and the ends of all streams before that of the process', async () => {
    const first = await start(options);
    const reference = referenceOf(first);
    expect(await answerTo(99, reference)).toEqual({
      kind: received.refused,
      text: expect.stringMatching(/^\{"version":\d+\}$/) as string,
    });
    first.execute(language.killItself);
    await first.detach();
    const kinds = await framesOf(reference);
    expect(kinds.filter((kind) => kind === received.end).length).toBeGreaterThan(1);
    expect(kinds.at(-1)).toBe(received.exit);
    await attach(reference); // which the test ends
  });

  test('keeps the lines of input that are written ahead, each for one question', async () => {
    const first = await start(options);
    for (const line of ['one', 'two', 'three']) first.writeLine(line);
    const answered = first.execute(language.ask);
    await answered.wait();
    expect(answered.stdout).toMatch(/onetwo\n$/);
    const second = await attach(await first.detach());
    second.writeLine('four');
    const third = await attach(referenceOf(second));
    await third.restart();
    third.writeLine('five\nsix');
    const fourth = await attach(referenceOf(third));
    for (const wanted of [/threefour\n$/, /fivesix\n$/]) {
      const results = fourth.execute(language.ask);
      await results.wait();
      expect(results.stdout).toMatch(wanted);
    }
    const left = await attach(await fourth.detach());
    expect(await left.execute(language.ask).wait()).toMatchObject({ status: 'error' });
  });

  test.skipIf(process.platform !== 'linux')(
    'keeps much output in files, in which results leave it, also after its end',
    async () => {
      const size = 40_000_000;
      const session = await start(options);
      const { directory } = referenceOf(session);
      const results = session.execute(language.print(language.repeated('m', size)));
      await results.wait();
      expect(openIn(directory)).toBeGreaterThan(2);
      await session.exit();
      await expect.poll(() => existsSync(directory)).toBe(false);
      expect(Buffer.from(results.bytes('stdout')).equals(Buffer.from(`${'m'.repeat(size)}\n`))).toBe(true);
      results.dispose();
      await expect.poll(() => openIn(directory)).toBe(0);
    },
  );

  test('interrupts a loop that no host comes for in time, and cancels what waits', async () => {
    const first = await start({ ...options, keepAliveMs: 50, keepRunningMs: 100 });
    await first.execute(language.atExit).wait();
    const loop = first.execute(language.loop);
    first.execute(language.print('"never"'));
    await expect.poll(() => loop.state).toBe('running');
    const reference = await first.detach();
    await expect.poll(() => alive(reference.pid), { timeout: 10_000 }).toBe(false);
    const second = await attach(reference);
    const outcomes = await Promise.all(second.resumed.map((results) => results.wait()));
    expect(outcomes.map(({ status }) => status)).toEqual(['interrupted', 'cancelled']);
    expect(second.resumed[0]?.stdout).toBe('at exit\n');
    expect(await second.exited).toEqual({ exitCode: 0, signal: null });
  });

  test('ends what waits for space in the journal when no host comes', { timeout: 60_000 }, async () => {
    const first = await start({ ...options, keepAliveMs: 50, keepRunningMs: Infinity, journalBytes: 3 << 20 });
    const flood = first.execute(language.lines(1e9, 'x'));
    await seen(flood);
    const reference = await first.detach();
    await expect.poll(() => alive(reference.pid), { timeout: 20_000 }).toBe(false);
    const second = await attach(reference);
    expect(await second.resumed[0]?.wait()).toMatchObject({ status: 'interrupted' });
    expect(second.resumed[0]?.outputs[0]).toMatchObject({ type: 'error', name: 'OutputLost' });
    expect(second.resumed[0]?.stdout).toMatch(/^x*\n(x{99}\n)+/);
  });
});

test.skipIf(process.platform !== 'linux')(
  'what a supervisor, its worker and its guardian leave that are killed together is removed when the next session starts',
  async ({ onTestFinished }) => {
    // Those of other tests, which start meanwhile, would remove it, too.
    const temporary = mkdtempSync(path.join(tmpdir(), 'kept-'));
    vi.stubEnv('TMPDIR', temporary);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const session = await start({ interpreter });
    const reference = referenceOf(session);
    const supervisor = supervisorOf(reference);
    const children = readFileSync(`/proc/${String(supervisor)}/task/${String(supervisor)}/children`, 'utf8');
    for (const pid of [...children.trim().split(' ').map(Number), supervisor]) process.kill(pid, 'SIGKILL');
    await session.exited;
    expect(existsSync(reference.directory)).toBe(true);
    await start({ interpreter });
    await expect.poll(() => existsSync(reference.directory)).toBe(false);
  },
);

test('a session whose supervisor has another version is not attached, and says so', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'kept-'));
  const server = createServer((socket) => {
    socket.end(encodeSupervisorFrame(received.refused, { version: 99 }));
  }).listen(path.join(directory, 'h'));
  await once(server, 'listening');
  const reference = { version: 1, directory, secret: '0'.repeat(32), language: 'python', pid: 1 } as const;
  const attached = ExtSession.attach(reference);
  await expect(attached).rejects.toMatchObject({ code: 'SESSION_GONE', reason: 'version' });
  await expect(attached).rejects.toThrow(/\b99\b/);
  server.close();
  rmSync(directory, { recursive: true });
});
