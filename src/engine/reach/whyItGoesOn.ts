import { Deadline } from '../deadline.js';
import { EvaluatorStartError } from '../errors.js';
import type { Logger } from '../logger.js';
import type { SessionReference } from '../supervised/sessionReference.js';
import type { SupervisedLinkParts } from '../supervised/supervisedLink.js';
import { SupervisorConnection } from '../supervised/supervisorConnection.js';
import { FarEnd, type FarEndOptions } from './farEnd.js';
import { joinFrame } from './joinFrame.js';

/** A session that goes on without its host, and how it is reached again. */
export interface KeptThere extends Pick<FarEndOptions, 'portable' | 'prefixEnv'> {
  readonly reference: SessionReference;
}

const LOOK_MS = 15_000;

/**
 * After the connection has ended: whether the session goes on, `kept` there. The program at the other end ends without
 * an error if the supervisor has closed the connection: for another host, or because the session has ended. With any
 * other end, the way there is lost, and the session most probably not.
 */
export function whyItGoesOn(far: FarEnd, log: Logger, kept: KeptThere | undefined): SupervisedLinkParts['goesOn'] {
  return async () => {
    const isInOrder = await far.endedInOrder();
    if (far.words.text) log.info(`The connection has ended: ${far.words.text}`);
    if (!kept) return undefined;
    return isInOrder && !(await isServed(kept, log)) ? undefined : isInOrder ? 'replaced' : 'lost';
  };
}

/** Also if the way there is lost meanwhile. */
async function isServed({ reference, portable, prefixEnv }: KeptThere, log: Logger): Promise<boolean> {
  const late = (): Error => new EvaluatorStartError('There was no answer.', '');
  const deadline = new Deadline({ timeoutMs: LOOK_MS, late });
  const { commandPrefix: prefix = [], interpreter } = reference;
  let far: FarEnd | undefined;
  try {
    far = await FarEnd.start({ prefix, prefixEnv, portable, interpreter, deadline });
    await far.connect([joinFrame(reference)]);
    return await deadline.race(new SupervisorConnection(far.wire, log).isAnswered(reference.secret));
  } catch (error) {
    return !(error instanceof EvaluatorStartError && error.failure?.kind === 'farRefused');
  } finally {
    far?.end();
    deadline.dispose();
  }
}
