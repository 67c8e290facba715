import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ControlServer } from '../../../src/engine/link/controlServer.js';
import { encodeFrame } from '../../../src/engine/link/messageFrames.js';
import { silentLogger } from '../../../src/engine/logger.js';

const TOKEN = 'the-right-token';
const info = { language: 'python', name: 'Python', version: '3.11.0', executable: '/usr/bin/python3' };
const main = { t: 'hello', token: TOKEN, channel: 'main', pid: 1, info };
const side = { t: 'hello', token: TOKEN, channel: 'side' };

let folder: string;
let server: ControlServer;
let address: string;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'extsession-test-'));
  address = path.join(folder, 'c');
  server = new ControlServer(TOKEN, silentLogger);
  await server.listen(address);
});

afterEach(() => {
  server.dispose();
  rmSync(folder, { recursive: true });
});

async function dial(): Promise<Socket> {
  const socket = connect(address);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

describe('the control server', () => {
  it('takes the two channels of a worker that knows the token, whatever else comes before', async () => {
    const garbage = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
      fc.jsonValue().map(encodeFrame),
      fc.constantFrom(
        encodeFrame({ ...main, token: 'a-wrong-token!!' }),
        encodeFrame({ ...main, token: '' }),
        encodeFrame({ ...main, pid: 'no number' }),
        encodeFrame({ ...main, channel: 'other' }),
        Buffer.from([0xff, 0xff, 0xff, 0xff, 1]),
        encodeFrame(main).subarray(0, 20),
      ),
    );
    const attempts = fc.sample(garbage, 200);
    for (const attempt of attempts) {
      const socket = await dial();
      socket.end(attempt);
    }
    const first = await dial();
    first.write(encodeFrame(main));
    const second = await dial();
    second.write(encodeFrame(side));
    const channels = await server.connected;
    expect(channels.pid).toBe(1);
    expect(channels.info).toEqual(info);
  });

  it('closes a connection with a wrong token', async () => {
    const socket = await dial();
    socket.resume();
    socket.write(encodeFrame({ ...main, token: 'a-wrong-token!!' }));
    await once(socket, 'close');
  });

  it('closes a channel that sends nonsense, and its session learns of it', async () => {
    const first = await dial();
    first.write(encodeFrame(main));
    const second = await dial();
    second.write(encodeFrame(side));
    const channels = await server.connected;
    first.write(Buffer.from('\0\0\0\x02{,'));
    await channels.main.closed;
  });

  it('goes on with the next message when one breaks whoever handles it', async () => {
    const first = await dial();
    first.write(encodeFrame(main));
    const second = await dial();
    second.write(encodeFrame(side));
    const channels = await server.connected;
    const rest = new Promise((resolve) => {
      channels.main.listen((message) => {
        if (message === 'bad') throw new Error('a bug');
        resolve(message);
      });
    });
    first.write(Buffer.concat([encodeFrame('bad'), encodeFrame('good')]));
    expect(await rest).toBe('good');
  });

  it('delivers what came right behind the greeting', async () => {
    const first = await dial();
    first.write(Buffer.concat([encodeFrame(main), encodeFrame({ t: 'ready', next: 1 })]));
    const second = await dial();
    second.write(encodeFrame(side));
    const channels = await server.connected;
    const messages: unknown[] = [];
    await new Promise<void>((resolve) => {
      channels.main.listen((message) => {
        messages.push(message);
        if (messages.length === 2) resolve();
      });
      first.write(encodeFrame({ t: 'pair', number: 2 }));
    });
    expect(messages).toEqual([
      { t: 'ready', next: 1 },
      { t: 'pair', number: 2 },
    ]);
  });
});
