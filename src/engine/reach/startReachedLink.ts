import { randomBytes } from 'node:crypto';
import { ExtSessionError } from '../errors.js';
import type { Evaluator, PortablePrograms } from '../evaluator.js';
import type { Link } from '../link/link.js';
import { encodeSupervisorFrame, sent } from '../supervised/frames.js';
import { greeting } from '../supervised/greeting.js';
import { LedDebuggers } from '../supervised/ledDebuggers.js';
import { SupervisedLink } from '../supervised/supervisedLink.js';
import { SupervisorConnection } from '../supervised/supervisorConnection.js';
import { FarEnd } from './farEnd.js';
import { farOrders, type ReachedLinkOptions, WINDOW } from './farOrders.js';
import { packedPrograms } from './packedPrograms.js';
import { watchPulse } from './watchPulse.js';
import { whyItGoesOn } from './whyItGoesOn.js';

/**
 * Starts an evaluator process where an argv prefix leads. Without `keepAlive`, it ends with this process, or with the
 * connection.
 * @throws EvaluatorStartError with what the prefix's programs printed, ExtSessionError with code INVALID_OPTION if that
 * is not possible with this evaluator, the error of the deadline.
 */
export async function startReachedLink(options: ReachedLinkOptions): Promise<Link> {
  const { commandPrefix: prefix, prefixEnv, interpreter, keepAlive, deadline, printed, log } = options;
  const portable = portableOf(options.evaluator, prefix);
  const secrets = { token: secret(), marker: secret(), secret: secret() };
  const orders = JSON.stringify(farOrders(portable, options, secrets));
  const far = await FarEnd.start({ prefix, prefixEnv, portable, interpreter, deadline });
  let connection: SupervisorConnection | undefined;
  try {
    options.onDidSpawn?.(prefix.join(' '));
    const begin = Buffer.from(packedPrograms(portable).digest + orders);
    const directory = await far.connect([encodeSupervisorFrame(sent.begin, begin)]);
    connection = new SupervisorConnection(far.wire, log);
    const attachment = await deadline.race(connection.attach(secrets.secret));
    const { info, pid } = await deadline.race(greeting(connection, attachment, printed));
    log.info(`Started ${info.name} ${info.version}, process ${String(pid)}, by ${prefix.join(' ')}.`);
    watchPulse(connection, log);
    const { language } = options.evaluator;
    const found = { version: 1, directory, secret: secrets.secret, language, pid, commandPrefix: prefix } as const;
    const reference = keepAlive ? { ...found, ...(interpreter === undefined ? {} : { interpreter }) } : undefined;
    return new SupervisedLink({
      connection,
      attachment,
      reference,
      pid,
      goesOn: whyItGoesOn(far, log, reference && { reference, portable, prefixEnv }),
      window: WINDOW,
      debuggers: new LedDebuggers(connection, directory),
      info,
      marker: secrets.marker,
      printed,
      log,
    });
  } catch (error) {
    connection?.send(sent.kill, null);
    if (connection) void connection.end();
    else far.end();
    throw error;
  }
}

/** @throws ExtSessionError with code INVALID_OPTION if there is none, or the prefix is not one. */
export function portableOf(evaluator: Evaluator, prefix: readonly string[]): PortablePrograms {
  const isUsable = prefix.length > 0 && prefix.every((word) => !word.includes('\0')) && prefix[0] !== '';
  if (!isUsable) {
    throw new ExtSessionError(
      'INVALID_OPTION',
      "'commandPrefix' must be a program and its arguments, such as ['ssh', 'node7'].",
    );
  }
  if (evaluator.portable) return evaluator.portable;
  throw new ExtSessionError('INVALID_OPTION', `'commandPrefix' is not available for ${evaluator.name}.`);
}

function secret(): string {
  return randomBytes(16).toString('hex');
}
