import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NamedPipeEndpoint } from '../../../src/engine/link/namedPipeEndpoint.js';
import { eventually } from '../../support/eventually.js';

// Node treats a named pipe of Windows and a Unix socket alike, so these stand in for those.
const TOKEN = '0123456789abcdef0123456789abcdef';
let directory: string;
let pipes: NamedPipeEndpoint;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'extsession-pipes-'));
  pipes = new NamedPipeEndpoint(TOKEN, path.join(directory, 'p'));
});
afterEach(() => {
  vi.useRealTimers();
  pipes.dispose();
  rmSync(directory, { recursive: true, force: true });
});

async function dial(pair: number, stream: 0 | 1): Promise<Socket> {
  const socket = connect(`${pipes.address}-${String(pair)}.${String(stream)}`);
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  return socket;
}

async function open(pair: number, stream: 0 | 1): Promise<Socket> {
  const socket = await dial(pair, stream);
  socket.write(TOKEN);
  return socket;
}

function read(pair: number, stream: 0 | 1) {
  const seen = { text: '', ends: 0 };
  const reader = pipes.read(pair, stream, {
    data: (bytes) => (seen.text += bytes.toString()),
    end: () => seen.ends++,
  });
  return { seen, reader };
}

test('what was written before the pair was announced is read, and what comes later, up to the end', async () => {
  const writer = await open(1, 0);
  writer.write('early ');
  const { seen } = read(1, 0);
  await eventually(() => {
    expect(seen.text).toBe('early ');
  });
  writer.end('late');
  await eventually(() => {
    expect(seen).toEqual({ text: 'early late', ends: 1 });
  });
});

test('pipes are there before the worker needs them, however many it has used', async () => {
  for (const pair of [1, 2, 3, 4, 5, 6, 7]) {
    const writer = await open(pair, 1);
    const { seen } = read(pair, 1);
    writer.end(String(pair));
    await eventually(() => {
      expect(seen).toEqual({ text: String(pair), ends: 1 });
    });
  }
});

test.each([
  ['writes first', 'forged output that is longer than a token'],
  ['guesses a token of the same length', `${TOKEN.slice(0, -1)}x forged`],
])('a process that comes first and %s is closed, and the worker is still read', async (_how, forged) => {
  const stranger = await dial(1, 0);
  const { seen } = read(1, 0);
  const closed = once(stranger, 'close');
  stranger.resume().write(forged);
  await closed;
  (await open(1, 0)).end('mine');
  await eventually(() => {
    expect(seen).toEqual({ text: 'mine', ends: 1 });
  });
});

test('a process that sends nothing keeps nobody out, and is closed when the worker has come', async () => {
  const silent = await dial(1, 0);
  const closed = once(silent.resume(), 'close');
  const { seen } = read(1, 0);
  (await open(1, 0)).end('mine');
  await closed;
  await eventually(() => {
    expect(seen).toEqual({ text: 'mine', ends: 1 });
  });
});

test('a token that comes too late is not accepted', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const late = await dial(1, 0);
  const closed = once(late.resume(), 'close');
  const { seen } = read(1, 0);
  late.write(TOKEN.slice(0, -1));
  const next = await dial(1, 0);
  const refused = once(next.resume(), 'close');
  next.write('x'.repeat(TOKEN.length));
  await refused; // the pipe accepts in order
  vi.advanceTimersByTime(2000);
  await closed; // although it has begun
  vi.useRealTimers();
  (await open(1, 0)).end('mine');
  await eventually(() => {
    expect(seen).toEqual({ text: 'mine', ends: 1 });
  });
});

test('the number of processes that may still send the token is limited, and the latest ones stay', async () => {
  const many: Socket[] = [];
  for (let number = 0; number < 40; number++) many.push((await dial(1, 0)).resume());
  await eventually(() => {
    expect(many.slice(0, 24).filter((socket) => !socket.closed)).toEqual([]);
  });
  (await open(1, 0)).end('mine');
  const { seen } = read(1, 0);
  await eventually(() => {
    expect(seen).toEqual({ text: 'mine', ends: 1 });
  });
});

test('a token in pieces is accepted, with the output that follows it at once', async () => {
  const writer = await dial(1, 0);
  const { seen } = read(1, 0);
  for (const byte of TOKEN.slice(0, -1)) {
    const written = new Promise((resolve) => writer.write(byte, resolve));
    await written;
  }
  writer.end(`${TOKEN.slice(-1)}mine`);
  await eventually(() => {
    expect(seen).toEqual({ text: 'mine', ends: 1 });
  });
});

test('nobody can write to a pipe that the worker has opened', async () => {
  const first = await open(1, 0);
  const { seen } = read(1, 0);
  first.write('mine');
  await eventually(() => {
    expect(seen.text).toBe('mine');
  });
  await expect(open(1, 0)).rejects.toThrow();
});

test('all that a dead process wrote is drained, also while another still holds the pipe', async () => {
  const writer = await open(1, 0);
  const { seen, reader } = read(1, 0);
  writer.write('x'.repeat(1 << 20));
  reader.expectEnd();
  await reader.drain();
  expect(seen.text.length).toBe(1 << 20);
  writer.destroy();
});

test('a pipe that nobody has opened ends with the process', async () => {
  const { seen, reader } = read(2, 0);
  reader.expectEnd();
  await reader.drain();
  expect(seen).toEqual({ text: '', ends: 1 });
});

test('a pipe that only others have opened ends with the process', async () => {
  await dial(2, 0);
  const { seen, reader } = read(2, 0);
  reader.expectEnd();
  await reader.drain();
  expect(seen).toEqual({ text: '', ends: 1 });
});

test('nothing can be opened after the end of the session', async () => {
  pipes.dispose();
  await expect(open(1, 0)).rejects.toThrow();
});
