/** A thread that passes messages between the debugger in the host and the inspector of the main thread. */
import { Session } from 'node:inspector';
import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { encodeFrame, FrameReader } from '../../../../engine/link/messageFrames.js';
import { InspectedThread, type InspectorMessage } from './inspectedThread.js';
import type { FromRelay, RelayOptions, ToRelay } from './relayMessages.js';

const LOCAL = '127.0.0.1';

const { place, pauses, done } = workerData as RelayOptions;
const { address, token } = place;
const tell = (message: FromRelay): void => parentPort?.postMessage(message);

const [host = '', port] = address.split(':');
const socket = host === LOCAL ? connect(Number(port), host) : connect(address);
const session = new Session();
const thread = new InspectedThread(session, {
  send: (message) => socket.write(encodeFrame(message)),
  begin: () => {
    tell({ t: 'begin' });
    if (pauses) thread.pause();
  },
});

let isConnected = false;
let isEnding = false;
socket.on('connect', () => {
  if (isEnding) return;
  socket.write(token);
  session.connectToMainThread();
  isConnected = true;
});
const reader = new FrameReader();
socket.on('data', (chunk) => {
  for (const message of reader.push(chunk)) thread.receive(message as InspectorMessage);
});
socket.on('error', ({ message }) => {
  tell({ t: 'failed', reason: message });
});
socket.on('close', () => void end());
parentPort?.on('message', ({ t }: ToRelay) => {
  if (t === 'leave') parentPort?.close();
  else if (t === 'pause') thread.pause();
  else void end();
});

async function end(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  Atomics.store(done, 0, 1);
  if (isConnected) await thread.release();
  session.disconnect();
  socket.end();
  tell({ t: 'done' });
}
