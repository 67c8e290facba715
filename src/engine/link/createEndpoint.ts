import { FifoEndpoint } from './fifoEndpoint.js';
import type { WorkerEndpoint } from './workerEndpoint.js';
import { NamedPipeEndpoint } from './namedPipeEndpoint.js';

/**
 * FIFOs and a Unix socket in a private directory or, on Windows, named pipes.
 * @throws EvaluatorStartError if they cannot be created.
 */
export function createEndpoint(): WorkerEndpoint {
  return process.platform === 'win32' ? new NamedPipeEndpoint() : new FifoEndpoint();
}
