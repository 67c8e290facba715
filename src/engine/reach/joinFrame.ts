import { encodeSupervisorFrame, sent } from '../supervised/frames.js';
import type { SessionReference } from '../supervised/sessionReference.js';

/** Asks the far end to carry the frames of a session that goes on there. */
export function joinFrame({ directory }: Pick<SessionReference, 'directory'>): Buffer {
  return encodeSupervisorFrame(sent.join, Buffer.from(directory));
}
