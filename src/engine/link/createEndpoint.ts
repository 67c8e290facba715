import { FifoEndpoint } from './fifoEndpoint.js';
import type { WorkerEndpoint } from './workerEndpoint.js';
import { NamedPipeEndpoint } from './namedPipeEndpoint.js';

/**
 * FIFOs and a unix socket in a private directory; on Windows, named pipes.
 * @throws EvaluatorStartError when there is no place for them.
 */
export function createEndpoint(): WorkerEndpoint {
  return process.platform === 'win32' ? new NamedPipeEndpoint() : new FifoEndpoint();
}
