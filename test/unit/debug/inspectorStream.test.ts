import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { InspectorStream, type InspectorMessage } from '../../../src/debug/inspectorStream.js';
import { encodeFrame } from '../../../src/engine/link/messageFrames.js';

test('what is no message of the inspector ends the connection, and is not passed on', async () => {
  const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const worker = connect((server.address() as AddressInfo).port, '127.0.0.1');
  onTestFinished(() => void worker.destroy());
  const [socket] = (await once(server, 'connection')) as [Socket];
  const received: InspectorMessage[] = [];
  const failure = new Promise<Error | undefined>((resolve) => {
    new InspectorStream(socket, (message) => received.push(message), resolve);
  });
  const good = { id: 1, result: { value: 'kept' } };
  for (const message of [good, { id: 'one' }, { id: 2 }]) worker.write(encodeFrame(message));
  expect(String(await failure)).toContain('number');
  expect(received).toEqual([good]);
});
