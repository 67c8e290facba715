import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocketServer } from '../../../src/debug/webSocketServer.js';

const [TEXT, CONTINUATION, PING, CLOSE] = [1, 0, 9, 8];
let server: WebSocketServer;
let received: string[];
let ends: number;

beforeEach(() => {
  received = [];
  ends = 0;
  server = new WebSocketServer({ onMessage: (text) => received.push(text), onEnd: () => void ends++ });
});
afterEach(() => {
  server.close();
});

/** Asks for a web socket; the connection, or the code of the answer. */
async function connected(address: string): Promise<Socket | number | undefined> {
  const headers = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  const asked = request(address.replace('ws:', 'http:'), { headers });
  asked.end();
  return await new Promise((resolve) => {
    asked.once('response', ({ statusCode }) => resolve(statusCode));
    asked.once('error', () => resolve(undefined));
    asked.once('upgrade', ({ headers: given }: IncomingMessage, socket: Socket) => {
      expect(given['sec-websocket-accept']).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo='); // as in the standard
      resolve(socket);
    });
  });
}

async function client(): Promise<Socket> {
  return (await connected(await server.listen())) as Socket;
}

/** A frame as a client sends it. */
function frame(kind: number, text: string, isFinal = true): Buffer {
  const content = Buffer.from(text);
  const length = Buffer.alloc(content.length < 126 ? 1 : 3);
  if (content.length < 126) length[0] = content.length | 0x80;
  else {
    length[0] = 126 | 0x80;
    length.writeUInt16BE(content.length, 1);
  }
  const mask = Buffer.from([1, 2, 3, 4]);
  const masked = content.map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return Buffer.concat([Buffer.from([(isFinal ? 0x80 : 0) | kind]), length, mask, masked]);
}

test('messages arrive whole, whatever their frames and chunks', async () => {
  const socket = await client();
  const long = 'ä'.repeat(1000);
  const bytes = Buffer.concat([
    frame(TEXT, '{"a":', false),
    frame(PING, 'still there?'),
    frame(CONTINUATION, '1}'),
    frame(TEXT, long),
  ]);
  for (let at = 0; at < bytes.length; at += 7) socket.write(bytes.subarray(at, at + 7));
  await vi.waitFor(() => expect(received).toEqual(['{"a":1}', long]));
  socket.destroy();
});

test('messages are sent as single frames, with lengths of one, two and eight bytes', async () => {
  const socket = await client();
  let bytes = Buffer.alloc(0);
  socket.on('data', (chunk) => (bytes = Buffer.concat([bytes, chunk])));
  const texts = ['short', 'x'.repeat(300), 'y'.repeat(70_000)];
  for (const text of texts) server.send(text);
  await vi.waitFor(() => expect(bytes.length).toBe(2 + 5 + 4 + 300 + 10 + 70_000));
  expect([bytes[0], bytes[1], bytes[7 + 1], bytes[7 + 304 + 1]]).toEqual([0x81, 5, 126, 127]);
  socket.destroy();
});

test('only one client is let in, and only one that knows the path', async () => {
  const address = await server.listen();
  expect(await connected(address.slice(0, -1) + (address.endsWith('0') ? '1' : '0'))).toBe(404);
  const socket = (await connected(address)) as Socket;
  expect(await connected(address)).toBeUndefined(); // the port is closed
  socket.destroy();
});

test('the end of the connection is told once, and closes it', async () => {
  const socket = await client();
  socket.write(frame(CLOSE, ''));
  await once(socket, 'close');
  await vi.waitFor(() => expect(ends).toBe(1));
});

test('what is not the protocol closes the connection', async () => {
  const socket = await client();
  socket.write(Buffer.from([0x81, 2, 65, 66])); // without a mask
  await once(socket, 'close');
  expect(received).toEqual([]);
});
