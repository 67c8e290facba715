import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import { makeLastingDirectory, removeDirectory } from '../link/privateDirectory.js';
import { connectToSocket } from '../supervised/socketWire.js';
import type { Wire } from '../supervised/wire.js';

/** Two connected ends: a program gets `far` as its output, and what it writes arrives at `near`. */
export interface OutputSocket {
  readonly near: Wire;
  /** To be destroyed when the program has it. */
  readonly far: Socket;
}

/**
 * The pipes that Node.js makes for a program are read in small pieces, each with memory of its own. This takes a third
 * of the time.
 * @throws EvaluatorStartError if there is no place for a socket, or the system's error.
 */
export async function outputSocket(): Promise<OutputSocket> {
  const directory = makeLastingDirectory();
  const server = createServer({ pauseOnConnect: true });
  try {
    const file = path.join(directory, 'o');
    server.listen(file);
    await once(server, 'listening');
    const connected = once(server, 'connection') as Promise<[Socket]>;
    const [near, [far]] = await Promise.all([connectToSocket(file), connected]);
    return { near, far };
  } finally {
    server.close();
    removeDirectory(directory);
  }
}
