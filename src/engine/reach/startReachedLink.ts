import { randomBytes } from 'node:crypto';
import { ExtSessionError } from '../errors.js';
import type { PortablePrograms } from '../evaluator.js';
import { guardianArguments } from '../link/guardian.js';
import type { Link } from '../link/link.js';
import type { LocalLinkOptions } from '../link/startLocalLink.js';
import { encodeSupervisorFrame, sent } from '../supervised/frames.js';
import { greeting } from '../supervised/greeting.js';
import { SupervisedLink } from '../supervised/supervisedLink.js';
import { SupervisorConnection } from '../supervised/supervisorConnection.js';
import { FarEnd } from './farEnd.js';
import { packedPrograms } from './packedPrograms.js';

/** What the supervisor lets this process leave unread: an interrupt's answer is behind it. */
const WINDOW = 1 << 20;
/** Output beyond that waits at its writer, since nobody comes for it later. */
const JOURNAL_BYTES = 1 << 26;

/**
 * Starts an evaluator process where an argv prefix leads. It ends with this process, or with the connection.
 * @throws EvaluatorStartError with what the prefix's programs printed, ExtSessionError with code INVALID_OPTION if that is
 * not possible with this evaluator, the error of the deadline.
 */
export async function startReachedLink(prefix: readonly string[], options: LocalLinkOptions): Promise<Link> {
  const { deadline, printed, log } = options;
  const portable = portableOf(prefix, options);
  const secrets = { token: secret(), marker: secret(), secret: secret() };
  const { interpreter, prefixEnv } = options;
  const far = await FarEnd.start({ prefix, prefixEnv, portable, interpreter, deadline });
  let connection: SupervisorConnection | undefined;
  try {
    options.onDidSpawn?.(prefix.join(' '));
    const orders = JSON.stringify(ordersFor(portable, options, secrets));
    const begin = Buffer.from(packedPrograms(portable).digest + orders);
    await far.connect([encodeSupervisorFrame(sent.begin, begin)]);
    connection = new SupervisorConnection(far.wire, log);
    const attachment = await deadline.race(connection.attach(secrets.secret));
    const { info, pid } = await deadline.race(greeting(connection, attachment, printed));
    log.info(`Started ${info.name} ${info.version}, process ${String(pid)}, by ${prefix.join(' ')}.`);
    void connection.closed.then(() => {
      if (far.words.text) log.info(`${prefix.join(' ')}: ${far.words.text}`);
    });
    return new SupervisedLink({
      connection,
      attachment,
      reference: undefined,
      pid,
      goesOn: () => Promise.resolve(false),
      window: WINDOW,
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

function portableOf(prefix: readonly string[], { evaluator }: LocalLinkOptions): PortablePrograms {
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

interface Secrets {
  readonly token: string;
  readonly marker: string;
  readonly secret: string;
}

/** Nothing of this process's environment is in them. */
function ordersFor(portable: PortablePrograms, options: LocalLinkOptions, secrets: Secrets): unknown {
  const { interpreter = portable.interpreter, args = [], reload, script, cwd, env = {} } = options;
  const places = { programs: secret(), directory: secret() };
  const worker = portable.launch(
    {
      interpreter,
      args,
      ...(reload === undefined ? {} : { reload }),
      ...(script === undefined ? {} : { script }),
      env,
      controlPath: `${places.directory}/c`,
    },
    places.programs,
  );
  const own = { EXTSESSION_TOKEN: secrets.token, EXTSESSION_MARKER: secrets.marker };
  return {
    ...secrets,
    places,
    argv: [worker.file, ...worker.args],
    env: nulls({ ...env, ...worker.env, ...own }),
    cwd: cwd ?? null,
    endsWithHost: true,
    window: WINDOW,
    keepAliveMs: null,
    keepRunningMs: null,
    journalBytes: JOURNAL_BYTES,
    guardian: guardianArguments(),
    about: null,
  };
}

/** As JSON can say it: null removes a variable. */
function nulls(env: Readonly<Record<string, string | undefined>>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value ?? null]));
}

function secret(): string {
  return randomBytes(16).toString('hex');
}
