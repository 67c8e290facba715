import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { EvaluatorStartError, ExtSessionError } from '../errors.js';
import { describeExit, hasSignals, type LastingProgram, startLasting } from '../link/childProcess.js';
import { guardianArguments } from '../link/guardian.js';
import type { Link } from '../link/link.js';
import { makeLastingDirectory, removeDirectory } from '../link/privateDirectory.js';
import { removeStaleDirectories } from '../link/staleDirectories.js';
import { type LocalLinkOptions, spawnError } from '../link/startLocalLink.js';
import type { LaunchCommand } from '../evaluator.js';
import { greeting } from './greeting.js';
import { keptOptions, keptTimes, nulls } from './keptOptions.js';
import { SupervisedLink } from './supervisedLink.js';
import { sent } from './frames.js';
import { connectToSupervisor, whetherReplaced, type SupervisorConnection } from './supervisorConnection.js';

const JOURNAL_BYTES = 2 ** 30;

/**
 * Starts an evaluator process that belongs to a supervisor, and waits until it has connected.
 * @throws the errors of `startLocalLink`, and ExtSessionError with code INVALID_OPTION if that is not possible with
 * this evaluator or on this system.
 */
export async function startSupervisedLink(options: LocalLinkOptions): Promise<Link> {
  const command = supervisorCommand(options);
  const times = keptTimes(options);
  const directory = makeLastingDirectory();
  const secrets = { token: secret(), marker: secret(), secret: secret() };
  let program: LastingProgram | undefined;
  let connection: SupervisorConnection | undefined;
  try {
    const worker = workerCommand(options, directory);
    const { token, marker } = secrets;
    const orders = {
      directory,
      ...secrets,
      argv: [worker.file, ...worker.args],
      env: nulls({ ...replaced(command, options), ...worker.env, EXTSESSION_TOKEN: token, EXTSESSION_MARKER: marker }),
      ...times,
      journalBytes: options.journalBytes ?? JOURNAL_BYTES,
      guardian: guardianArguments(),
      about: { marker, language: options.evaluator.language, options: keptOptions(options) },
    };
    program = await start(command, options, { orders: JSON.stringify(orders), answer: marker });
    void removeStaleDirectories(options.log);
    options.onDidSpawn?.(worker.file);
    await options.deadline.race(readiness(program, command.file, options));
    connection = await connectToSupervisor(directory, options.log);
    const attachment = await options.deadline.race(connection.attach(secrets.secret));
    const { info, pid, leavesChildren } = await options.deadline.race(
      greeting(connection, attachment, options.printed),
    );
    options.log.info(`Started ${info.name} ${info.version}, process ${String(pid)}, which outlives this one.`);
    const reference = {
      version: 1,
      directory,
      secret: secrets.secret,
      language: options.evaluator.language,
      pid,
    } as const;
    return new SupervisedLink({
      connection,
      attachment,
      reference,
      pid,
      goesOn: () => whetherReplaced(reference, options.log),
      info,
      leavesChildren,
      marker,
      printed: options.printed,
      log: options.log,
    });
  } catch (error) {
    connection?.send(sent.kill, null);
    void connection?.end();
    if (!connection) program?.kill();
    removeDirectory(directory);
    throw error;
  }
}

function supervisorCommand({ evaluator, interpreter, env }: LocalLinkOptions): LaunchCommand {
  if (!hasSignals) {
    throw new ExtSessionError(
      'INVALID_OPTION',
      "'keepAlive' is not available on Windows: a session ends with its host.",
    );
  }
  const command = evaluator.supervisor?.({
    ...(interpreter === undefined ? {} : { interpreter }),
    env: { ...process.env, ...env },
  });
  if (command) return command;
  throw new ExtSessionError('INVALID_OPTION', `'keepAlive' is not available for ${evaluator.name}.`);
}

function workerCommand(options: LocalLinkOptions, directory: string): LaunchCommand {
  const { evaluator, interpreter, args = [], reload, script, env } = options;
  const command = evaluator.launch({
    ...(interpreter === undefined ? {} : { interpreter }),
    args,
    ...(reload === undefined ? {} : { reload }),
    ...(script === undefined ? {} : { script }),
    env: { ...process.env, ...env },
    controlPath: path.join(directory, 'c'),
  });
  if (![command.file, ...command.args].some((argument) => argument.includes('\0'))) return command;
  throw spawnError(new Error('its arguments contain null bytes.'), command.file, options);
}

/** What the supervisor's own variables replace in the session's environment, which is that of the worker. */
function replaced({ env = {} }: LaunchCommand, options: LocalLinkOptions): Record<string, string | undefined> {
  const all: Readonly<Record<string, string | undefined>> = { ...process.env, ...options.env };
  return Object.fromEntries(Object.keys(env).map((name) => [name, all[name]]));
}

async function start(
  command: LaunchCommand,
  options: LocalLinkOptions,
  orders: Parameters<typeof startLasting>[2],
): Promise<LastingProgram> {
  const { cwd, env, printed } = options;
  try {
    return await startLasting(command, { cwd, env: { ...process.env, ...env, ...command.env }, printed }, orders);
  } catch (error) {
    throw spawnError(error, command.file, options);
  }
}

async function readiness(
  program: LastingProgram,
  file: string,
  { evaluator, printed }: LocalLinkOptions,
): Promise<void> {
  const status = await program.ready;
  if (!status) return;
  const message = `'${file}' ended with ${describeExit(status)} before it was ready. Check that it is a working ${evaluator.name}.`;
  throw new EvaluatorStartError(message, printed.text, { failure: { kind: 'ended', ...status } });
}

function secret(): string {
  return randomBytes(16).toString('hex');
}
