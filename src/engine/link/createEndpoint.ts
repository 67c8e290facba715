import { FifoDirectory } from './fifoEndpoint.js';
import type { MeetingPlace } from './workerEndpoint.js';
import { NamedPipes } from './namedPipeEndpoint.js';

/**
 * FIFOs and a unix socket in a private directory; on Windows, named pipes.
 * @throws EvaluatorStartError when there is no place for them.
 */
export function makeMeetingPlace(): MeetingPlace {
  return process.platform === 'win32' ? new NamedPipes() : new FifoDirectory();
}
