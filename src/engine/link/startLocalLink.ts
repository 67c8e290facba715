import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { ChildProcess, type Printed, describeExit } from './childProcess.js';
import { type Channels, ControlServer } from './controlServer.js';
import { EvaluatorNotFoundError, EvaluatorStartError, WorkingDirectoryError } from '../errors.js';
import type { Evaluator, LaunchCommand, Script } from '../evaluator.js';
import type { Deadline } from '../deadline.js';
import type { Link } from './link.js';
import { LocalLink } from './localLink.js';
import type { StartupCommand } from '../sessionOptions.js';
import type { Logger } from '../logger.js';
import { createEndpoint } from './createEndpoint.js';

/** How a link of Windows to its store ends: it has the name of a program that is not installed. */
const STORE_LINK = 9009;

export interface LocalLinkOptions {
  readonly evaluator: Evaluator;
  readonly interpreter?: string | undefined;
  readonly args?: readonly string[] | undefined;
  readonly reload?: 'all' | readonly string[] | undefined;
  readonly script?: Script | undefined;
  readonly cwd?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** For a process on another machine: variables of the program that leads there. */
  readonly prefixEnv?: Readonly<Record<string, string | undefined>> | undefined;
  /** Ends the start; what it has created so far is removed. */
  readonly deadline: Deadline;
  /** Called when there is a process, with its program. */
  readonly onDidSpawn?: (file: string) => void;
  /** What a host needs in addition to restart such a session as it was started. */
  readonly startup?: string | StartupCommand | undefined;
  readonly columns?: number | undefined;
  /** How long a process that outlives this one waits for a host; for such processes only. */
  readonly keepAliveMs?: number | undefined;
  /** How much longer its commands may run. */
  readonly keepRunningMs?: number | undefined;
  /** How much of its output is kept for a host that attaches later. */
  readonly journalBytes?: number | undefined;
  /** Receives what the process prints to its own streams. */
  readonly printed: Printed;
  readonly log: Logger;
}

export type StartLink = (options: LocalLinkOptions) => Promise<Link>;

/**
 * Starts an evaluator process, and waits until it has connected.
 * @throws EvaluatorNotFoundError, EvaluatorStartError with what the evaluator printed, the error of the deadline.
 */
export async function startLocalLink(options: LocalLinkOptions): Promise<Link> {
  const token = randomBytes(16).toString('hex');
  const place = createEndpoint(token);
  const marker = randomBytes(16).toString('hex');
  const server = new ControlServer(token, options.log);
  const cleanUp: (() => void)[] = [
    () => {
      server.dispose();
    },
    () => {
      place.dispose();
    },
  ];
  try {
    await options.deadline.race(server.listen(place.address));
    const env = { ...process.env, ...options.env };
    const command = options.evaluator.launch({
      ...(options.interpreter === undefined ? {} : { interpreter: options.interpreter }),
      args: options.args ?? [],
      ...(options.reload === undefined ? {} : { reload: options.reload }),
      ...(options.script === undefined ? {} : { script: options.script }),
      env,
      controlPath: place.address,
    });
    const child = startProcess(command, options, { ...env, EXTSESSION_TOKEN: token, EXTSESSION_MARKER: marker });
    cleanUp.push(() => {
      child.endGroup();
    });
    options.onDidSpawn?.(command.file);
    if (child.group) place.setGroup(child.group);
    const channels = await connection({ child, server, options, file: command.file });
    options.log.info(`Started ${channels.info.name} ${channels.info.version}, process ${String(channels.pid)}.`);
    return new LocalLink({ child, server, channels, place, marker, log: options.log });
  } catch (error) {
    for (const step of cleanUp.reverse()) step();
    throw error;
  }
}

function startProcess(command: LaunchCommand, options: LocalLinkOptions, env: NodeJS.ProcessEnv): ChildProcess {
  try {
    const { cwd, printed } = options;
    return new ChildProcess(command, { cwd, env: { ...env, ...command.env }, printed });
  } catch (error) {
    throw spawnError(error, command.file, options);
  }
}

interface Attempt {
  readonly child: ChildProcess;
  readonly server: ControlServer;
  readonly options: LocalLinkOptions;
  readonly file: string;
}

/** The worker's channels, or the reason why there are none. */
function connection({ child, server, options, file }: Attempt): Promise<Channels> {
  const ended = child.exited.then(
    async (status) => {
      if (status.exitCode === STORE_LINK) throw new EvaluatorNotFoundError(file);
      const message = `'${file}' ended with ${describeExit(status)} before it was ready. Check that it is a working ${options.evaluator.name}.`;
      throw new EvaluatorStartError(message, await child.lastWords(), { failure: { kind: 'ended', ...status } });
    },
    (error: unknown) => {
      throw spawnError(error, file, options);
    },
  );
  return options.deadline.race(Promise.race([server.connected, ended]));
}

export function spawnError(error: unknown, file: string, { cwd, evaluator }: LocalLinkOptions): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (cwd !== undefined && !isDirectory(cwd)) {
    return new WorkingDirectoryError(cwd, { cause: error });
  }
  if (code === 'ENOENT' || code === 'ENOTDIR' || file === '') return new EvaluatorNotFoundError(file, { cause: error });
  const tooLong = 'its arguments and environment variables are longer than the system allows.';
  const reason = code === 'E2BIG' ? tooLong : error instanceof Error ? error.message : String(error);
  return new EvaluatorStartError(`${evaluator.name} at '${file}' could not be started: ${reason}`, '', {
    cause: error,
    failure: code === 'E2BIG' ? { kind: 'tooLong' } : { kind: 'refused', program: file, reason },
  });
}

function isDirectory(directory: string): boolean {
  try {
    return statSync(directory).isDirectory();
  } catch {
    return false;
  }
}
