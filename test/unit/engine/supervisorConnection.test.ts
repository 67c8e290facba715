import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { encodeSupervisorFrame, HEADER, received, writeHeader } from '../../../src/engine/supervised/frames.js';
import { SupervisorConnection, whetherReplaced } from '../../../src/engine/supervised/supervisorConnection.js';
import type { Wire } from '../../../src/engine/supervised/wire.js';
import { silentLogger } from '../../../src/engine/logger.js';

const ATTACHMENT = {
  from: 0,
  to: 0,
  stored: 0,
  hello: null,
  state: { next: null, running: null, last: null, pairs: [] },
  requests: [],
  lost: [],
  lines: [],
  lastId: 0,
  lastCount: 0,
  about: null,
};

/** A wire whose other end says what the test says. */
class FakeWire implements Wire {
  #receive: (chunk: Buffer) => void = () => undefined;
  #close!: () => void;
  readonly closed = new Promise<void>((resolve) => (this.#close = resolve));
  isDestroyed = false;

  listen(receive: (chunk: Buffer) => void): void {
    this.#receive = receive;
  }

  say(...frames: readonly Buffer[]): void {
    this.#receive(Buffer.concat(frames));
  }

  write(): void {
    return;
  }

  pause(): void {
    return;
  }

  resume(): void {
    return;
  }

  end(): void {
    this.destroy();
  }

  destroy(): void {
    this.isDestroyed = true;
    this.#close();
  }
}

async function attached(
  answer: object = ATTACHMENT,
  directory?: string,
): Promise<{ wire: FakeWire; connection: SupervisorConnection }> {
  const wire = new FakeWire();
  const connection = new SupervisorConnection(wire, silentLogger, directory);
  const attaching = connection.attach('secret');
  wire.say(encodeSupervisorFrame(received.attached, answer));
  await attaching;
  return { wire, connection };
}

test('a supervisor of another machine cannot have files of this one read', async () => {
  const { wire, connection } = await attached();
  const frames: number[] = [];
  connection.listen(({ kind }) => frames.push(kind));
  wire.say(encodeSupervisorFrame(received.stored, { file: 0, at: 0, size: 10 }));
  expect([frames, wire.isDestroyed]).toEqual([[], true]);
});

test('what has been read in small pieces comes again in large ones, apart from what an earlier host has kept', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'journal-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  const frames = Array.from({ length: 10_000 }, () => encodeSupervisorFrame(received.data, Buffer.from('12345678\n')));
  const bytes = Buffer.concat(frames);
  const kept = bytes.length / 4;
  writeFileSync(path.join(directory, 'journal-1'), bytes);
  const { wire, connection } = await attached({ ...ATTACHMENT, stored: kept, to: bytes.length, file: 1 }, directory);
  const delivered: [number, string][] = [];
  connection.listen(({ payload }) => delivered.push([connection.reached, payload.toString()]));
  wire.say(encodeSupervisorFrame(received.stored, { file: 1, at: 0, size: bytes.length }));
  expect(delivered).toEqual([
    [kept, '12345678\n'.repeat(2500)],
    [bytes.length, '12345678\n'.repeat(7500)],
  ]);
  expect(connection.position).toBe(bytes.length);
});

test('what comes before the answer ends the connection, rather than being kept', async () => {
  const wire = new FakeWire();
  const connection = new SupervisorConnection(wire, silentLogger);
  const attaching = connection.attach('secret');
  wire.say(encodeSupervisorFrame(received.main, { t: 'done' }));
  await expect(attaching).rejects.toThrow('does not accept');
  expect(wire.isDestroyed).toBe(true);
});

test('a frame that says it is too large ends the connection', async () => {
  const { wire, connection } = await attached();
  connection.listen(() => undefined);
  const header = Buffer.alloc(HEADER);
  writeHeader(header, 0, received.main, 0, 2 ** 31);
  wire.say(header);
  expect(wire.isDestroyed).toBe(true);
});

test.each([[null], [{}], [{ ...ATTACHMENT, from: -1 }], [{ ...ATTACHMENT, requests: [{ id: 'x' }] }]])(
  'an answer that is not one is refused: %j',
  async (answer) => {
    const wire = new FakeWire();
    const connection = new SupervisorConnection(wire, silentLogger);
    const attaching = connection.attach('secret');
    wire.say(encodeSupervisorFrame(received.attached, answer));
    await expect(attaching).rejects.toThrow();
  },
);

test('a supervisor that is there, and does not answer in time, is lost', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'extsession-'));
  const sockets: Socket[] = [];
  const stopped = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => stopped.listen(path.join(directory, 'h'), resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    stopped.close();
    rmSync(directory, { recursive: true });
  });
  const reference = { directory, secret: 'secret' };
  expect(await whetherReplaced(reference, silentLogger, 50)).toBe('lost');
  stopped.close();
  for (const socket of sockets) socket.destroy();
  expect(await whetherReplaced(reference, silentLogger)).toBeUndefined();
});
