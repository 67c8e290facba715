import { randomBytes } from 'node:crypto';
import { within } from '../engine/deadline.js';
import { ChildProcess } from '../engine/link/childProcess.js';
import { ControlServer } from '../engine/link/controlServer.js';
import type { Evaluator } from '../engine/evaluator.js';
import { silentLogger } from '../engine/logger.js';
import { createEndpoint } from '../engine/link/createEndpoint.js';
import { PATIENCE_MS, until } from './check.js';

/** Connects to an evaluator, then disconnects: the evaluator must end by itself. */
export async function endsWithItsHost(evaluator: Evaluator): Promise<void> {
  const token = randomBytes(16).toString('hex');
  const server = new ControlServer(token, silentLogger);
  const place = createEndpoint(token);
  await server.listen(place.address);
  const command = evaluator.launch({ env: process.env, controlPath: place.address });
  const env = { ...process.env, ...command.env, EXTSESSION_TOKEN: token, EXTSESSION_MARKER: token };
  const child = new ChildProcess(command, { env, printed: { append: () => undefined, text: '' } });
  let ended = false;
  void child.exited.then(() => (ended = true));
  try {
    const channels = await within(PATIENCE_MS, server.connected);
    if (!channels) throw new Error(`the connections: not within ${String(PATIENCE_MS / 1000)} s`);
    const { main } = channels;
    let ready = false;
    main.listen((message) => {
      ready ||= (message as { t?: unknown }).t === 'ready';
    });
    await until('the message that it is ready', () => ready);
    server.dispose();
    await until('the end of the process', () => ended);
  } finally {
    child.endGroup();
    place.dispose();
  }
}
