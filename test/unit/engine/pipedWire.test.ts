import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { startOnWire } from '../../../src/engine/reach/pipedWire.js';

test.skipIf(process.platform === 'win32')(
  'what was read too early comes first, and the wire can be paused then',
  async () => {
    const { wire, unread, program } = await startOnWire({ file: '/bin/cat', args: [] }, process.env);
    onTestFinished(() => {
      wire.destroy();
    });
    const arrived = new PassThrough();
    wire.listen((chunk) => arrived.write(chunk));
    wire.resume();
    wire.write(Buffer.from('early'));
    const [early] = (await once(arrived, 'data')) as [Buffer];
    wire.pause();
    unread(early);
    wire.write(Buffer.from(' late'));
    let received = '';
    wire.listen((chunk) => {
      received += chunk.toString();
      if (received === 'early') wire.pause();
    });
    wire.resume();
    expect(received).toBe('early');
    wire.end();
    await program.exited;
    expect(received).toBe('early');
    wire.resume();
    await expect.poll(() => received).toBe('early late');
  },
);
