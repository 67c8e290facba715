import { FifoEndpoint } from './fifoEndpoint.js';
import type { WorkerEndpoint } from './workerEndpoint.js';
import { NamedPipeEndpoint } from './namedPipeEndpoint.js';

/**
 * FIFOs and a Unix socket in a private directory or, on Windows, named pipes, to which only the process with the token
 * can write.
 * @throws EvaluatorStartError if they cannot be created.
 */
export function createEndpoint(token: string): WorkerEndpoint {
  return process.platform === 'win32' ? new NamedPipeEndpoint(token) : new FifoEndpoint();
}
