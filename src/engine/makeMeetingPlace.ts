import { FifoDirectory } from './fifoDirectory.js';
import type { MeetingPlace } from './meetingPlace.js';
import { NamedPipes } from './namedPipes.js';

/**
 * FIFOs and a unix socket in a private directory; on Windows, named pipes.
 * @throws EvaluatorStartError when there is no place for them.
 */
export function makeMeetingPlace(): MeetingPlace {
  return process.platform === 'win32' ? new NamedPipes() : new FifoDirectory();
}
