import { Deadline } from '../deadline.js';
import { EvaluatorStartError, SessionGoneError } from '../errors.js';
import { type Evaluator, findEvaluator } from '../evaluator.js';
import type { Printed } from '../link/childProcess.js';
import type { Logger } from '../logger.js';
import { type AttachedLink, attachLink } from '../supervised/attachLink.js';
import { LedDebuggers } from '../supervised/ledDebuggers.js';
import type { SessionReference } from '../supervised/sessionReference.js';
import { SupervisorConnection } from '../supervised/supervisorConnection.js';
import { FarEnd } from './farEnd.js';
import { WINDOW } from './farOrders.js';
import { joinFrame } from './joinFrame.js';
import { portableOf } from './startReachedLink.js';
import { watchPulse } from './watchPulse.js';
import { whyItGoesOn } from './whyItGoesOn.js';

export type FarReference = SessionReference & { readonly commandPrefix: readonly string[] };

export interface AttachReachedOptions {
  readonly evaluator: Evaluator | undefined;
  readonly prefixEnv: Readonly<Record<string, string | undefined>> | undefined;
  readonly signal: AbortSignal | undefined;
  readonly printed: Printed;
  readonly log: Logger;
}

const CONNECT_MS = 30_000;

/**
 * Becomes the host of a session that goes on where an argv prefix leads.
 * @throws SessionGoneError if it has ended, does not accept the reference, or is out of reach; CancelledError.
 */
export async function attachReachedLink(
  reference: FarReference,
  { evaluator, prefixEnv, signal, printed, log }: AttachReachedOptions,
): Promise<AttachedLink> {
  const { commandPrefix: prefix, interpreter } = reference;
  const portable = portableOf(evaluator ?? findEvaluator(reference.language), prefix);
  const late = (): Error => new SessionGoneError('unreachable', `no answer within ${String(CONNECT_MS / 1000)} s`);
  const deadline = new Deadline({ timeoutMs: CONNECT_MS, signal, late });
  let far: FarEnd | undefined;
  try {
    far = await FarEnd.start({ prefix, prefixEnv, portable, interpreter, deadline });
    await far.connect([joinFrame(reference)]);
    const connection = new SupervisorConnection(far.wire, log);
    const goesOn = whyItGoesOn(far, log, { reference, portable, prefixEnv });
    const debuggers = new LedDebuggers(connection, reference.directory);
    const way = { connection, goesOn, window: WINDOW, debuggers };
    const attached = await attachLink({ reference, printed, log, way });
    watchPulse(connection, log);
    return attached;
  } catch (error) {
    far?.end();
    throw error instanceof EvaluatorStartError ? goneBecauseOf(error) : error;
  } finally {
    deadline.dispose();
  }
}

/** What the far end itself refuses is not there any more. */
function goneBecauseOf(error: EvaluatorStartError): SessionGoneError {
  const reason = error.failure?.kind === 'farRefused' ? 'ended' : 'unreachable';
  return new SessionGoneError(reason, error.message, { cause: error });
}
