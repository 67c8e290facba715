import { reportListenerErrors } from '../emitter.js';
import { limited } from '../deadline.js';
import { EvaluatorStartError } from '../errors.js';
import type { Link } from '../link/link.js';
import { silentLogger } from '../logger.js';
import type { AttachOptions, ExtSessionOptions } from '../sessionOptions.js';
import { attachReachedLink } from '../reach/attachReachedLink.js';
import { attachLink } from '../supervised/attachLink.js';
import type { KeptOptions } from '../supervised/keptOptions.js';
import type { SessionReference } from '../supervised/sessionReference.js';
import { StartOutput } from './startOutput.js';

/** Within which a supervisor answers. */
const ANSWER_MS = 30_000;

/** What a worker client needs to go on. */
export interface Attached {
  readonly link: Link;
  readonly start: StartOutput;
  /** How the session was started. */
  readonly started: ExtSessionOptions;
}

/** @throws SessionGoneError, CancelledError, EvaluatorStartError if the supervisor does not answer. */
export async function attach(
  reference: SessionReference,
  { logger: log = silentLogger, signal, outputBudget, evaluator, prefixEnv }: AttachOptions,
): Promise<Attached> {
  const start = new StartOutput({ budget: outputBudget, report: reportListenerErrors(log) });
  const { commandPrefix } = reference;
  const attaching = commandPrefix
    ? attachReachedLink({ ...reference, commandPrefix }, { evaluator, prefixEnv, signal, printed: start, log })
    : attachLink({ reference, printed: start, log });
  try {
    const { link, options } = await limited(attaching, {
      timeoutMs: ANSWER_MS,
      signal,
      late: () => new EvaluatorStartError(`The session did not answer within ${String(ANSWER_MS / 1000)} s.`, ''),
    });
    start.settle();
    log.info(`Attached to ${link.info.name} ${link.info.version}, process ${String(link.pid)}.`);
    return { link, start, started: asGiven(options) };
  } catch (error) {
    void attaching.then(({ link }) => link.detach()).catch(() => undefined);
    throw error;
  }
}

function asGiven({ env, keepAliveMs, keepRunningMs, ...others }: KeptOptions): ExtSessionOptions {
  const variables = Object.entries(env ?? {}).map(([name, value]) => [name, value ?? undefined] as const);
  return {
    ...others,
    ...(env ? { env: Object.fromEntries(variables) } : {}),
    ...(keepAliveMs === undefined ? {} : { keepAliveMs: keepAliveMs ?? Infinity }),
    ...(keepRunningMs === undefined ? {} : { keepRunningMs: keepRunningMs ?? Infinity }),
  };
}
