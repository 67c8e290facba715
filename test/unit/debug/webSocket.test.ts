import { once } from 'node:events';
import { afterEach, beforeEach, expect, type Mock, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { WebSocketServer } from '../../../src/debug/webSocketServer.js';
import { eventually } from '../../support/eventually.js';

let server: WebSocketServer;
let received: string[];
let onEnd: Mock<() => void>;

beforeEach(() => {
  received = [];
  onEnd = vi.fn();
  server = new WebSocketServer({ onMessage: (text) => received.push(text), onEnd });
});
afterEach(() => {
  server.close();
});

async function connected(address: string): Promise<WebSocket> {
  const socket = new WebSocket(address);
  await once(socket, 'open');
  return socket;
}

test('messages arrive whole, in both directions', async () => {
  const socket = await connected(await server.listen());
  const told: string[] = [];
  socket.on('message', (data: Buffer) => told.push(data.toString()));
  const texts = ['short', 'ä'.repeat(300), 'y'.repeat(70_000)];
  for (const text of texts) {
    socket.send(text);
    server.send(text);
  }
  await eventually(() => {
    expect([received, told]).toEqual([texts, texts]);
  });
});

test('only one client is let in, and only one that knows the path', async () => {
  const address = await server.listen();
  const wrong = address.slice(0, -1) + (address.endsWith('0') ? '1' : '0');
  await expect(connected(wrong)).rejects.toThrow('401');
  await connected(address);
  await expect(connected(address)).rejects.toThrow('ECONNREFUSED'); // the port is closed
});

test.each([
  ['its end', (socket: WebSocket) => socket.close()],
  ['its failure', (socket: WebSocket) => socket.terminate()],
])('the end of the connection is told once, %s', async (_how, end) => {
  end(await connected(await server.listen()));
  await eventually(() => {
    expect(onEnd).toHaveBeenCalledTimes(1);
  });
});
