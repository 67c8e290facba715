import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NamedPipeEndpoint } from '../../../src/engine/link/namedPipeEndpoint.js';

// Node treats a named pipe of Windows and a unix socket alike, so that these stand in for those.
let directory: string;
let pipes: NamedPipeEndpoint;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'extsession-pipes-'));
  pipes = new NamedPipeEndpoint(path.join(directory, 'p'));
});
afterEach(() => {
  pipes.dispose();
  rmSync(directory, { recursive: true, force: true });
});

async function open(pair: number, stream: 0 | 1): Promise<Socket> {
  const socket = connect(`${pipes.address}-${String(pair)}.${String(stream)}`);
  await once(socket, 'connect');
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
  await vi.waitFor(() => {
    expect(seen.text).toBe('early ');
  });
  writer.end('late');
  await vi.waitFor(() => {
    expect(seen).toEqual({ text: 'early late', ends: 1 });
  });
});

test('pipes are there before the worker needs them, however many it has used', async () => {
  for (const pair of [1, 2, 3, 4, 5, 6, 7]) {
    const writer = await open(pair, 1);
    const { seen } = read(pair, 1);
    writer.end(String(pair));
    await vi.waitFor(() => {
      expect(seen).toEqual({ text: String(pair), ends: 1 });
    });
  }
});

test('nobody but the first to come can write to a pipe', async () => {
  const first = await open(1, 0);
  const { seen } = read(1, 0);
  await expect(open(1, 0)).rejects.toThrow();
  first.end('mine');
  await vi.waitFor(() => {
    expect(seen.text).toBe('mine');
  });
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

test('nothing can be opened after the end of the session', async () => {
  pipes.dispose();
  await expect(open(1, 0)).rejects.toThrow();
});
