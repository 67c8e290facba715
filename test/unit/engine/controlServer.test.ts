import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ControlServer } from '../../../src/engine/link/controlServer.js';
import { encodeFrame } from '../../../src/engine/link/messageFrames.js';
import { silentLogger } from '../../../src/engine/logger.js';
import { eventually } from '../../support/eventually.js';

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

  /** The server has accepted everyone who came before: it accepts in order. */
  async function acceptAll(): Promise<void> {
    const last = await dial();
    last.resume().write(encodeFrame('no greeting'));
    await once(last, 'close');
  }

  async function connectWorker(): Promise<void> {
    const [first, second] = [await dial(), await dial()];
    first.write(encodeFrame(main));
    second.write(encodeFrame(side));
    await server.connected;
  }

  it('closes connections that do not greet in time, whether they are silent or slow, and then still takes the worker', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const late = [(await dial()).resume(), (await dial()).resume()];
      late[1]?.write(encodeFrame(main).subarray(0, 20));
      await acceptAll();
      const closed = Promise.all(late.map((socket) => once(socket, 'close')));
      vi.advanceTimersByTime(5000);
      await closed;
    } finally {
      vi.useRealTimers();
    }
    await connectWorker();
  });

  it('closes a connection whose greeting is larger than any, and takes the worker meanwhile', async () => {
    const talker = (await dial()).resume();
    const closed = once(talker, 'close');
    talker.write(encodeFrame({ ...main, info: { ...info, name: 'x'.repeat(1 << 16) } }).subarray(0, 1000));
    await closed;
    await connectWorker();
  });

  it('takes a message after the greeting that is larger than any greeting', async () => {
    const first = await dial();
    first.write(encodeFrame(main));
    (await dial()).write(encodeFrame(side));
    const channels = await server.connected;
    const message = new Promise((resolve) => {
      channels.main.listen(resolve);
    });
    first.write(encodeFrame('x'.repeat(1 << 17)));
    expect(await message).toHaveLength(1 << 17);
  });

  it('limits the number of connections that may still greet, and keeps nobody out', async () => {
    const many: Socket[] = [];
    for (let number = 0; number < 40; number++) many.push((await dial()).resume());
    await eventually(() => {
      expect(many.slice(0, 24).filter((socket) => !socket.closed)).toEqual([]);
    });
    await connectWorker();
    await eventually(() => {
      expect(many.filter((socket) => !socket.closed)).toEqual([]);
    });
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
