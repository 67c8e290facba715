import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { ChildProcess, describeExit } from './childProcess.js';
import { type Channels, ControlServer } from './controlServer.js';
import { CancelledError, EvaluatorNotFoundError, EvaluatorStartError, WorkingDirectoryError } from '../errors.js';
import type { Evaluator, LaunchCommand } from '../evaluator.js';
import { LocalLink } from './localLink.js';
import type { Logger } from '../logger.js';
import { makeMeetingPlace } from './createEndpoint.js';

export interface LocalLinkOptions {
  readonly evaluator: Evaluator;
  readonly interpreter?: string | undefined;
  readonly args?: readonly string[] | undefined;
  readonly cwd?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly startTimeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly log: Logger;
}

/**
 * Starts an evaluator process and waits until it has connected.
 * @throws EvaluatorNotFoundError, EvaluatorStartError with what the evaluator printed, CancelledError.
 */
export async function startLocalLink(options: LocalLinkOptions): Promise<LocalLink> {
  const place = makeMeetingPlace();
  const token = randomBytes(16).toString('hex');
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
    await server.listen(place.address);
    const env = { ...process.env, ...options.env };
    const command = options.evaluator.launch({
      ...(options.interpreter === undefined ? {} : { interpreter: options.interpreter }),
      args: options.args ?? [],
      env,
      controlPath: place.address,
    });
    const child = startProcess(command, options, { ...env, EXTSESSION_TOKEN: token, EXTSESSION_MARKER: marker });
    cleanUp.push(() => child.signalGroup('SIGKILL'));
    if (child.pid !== undefined) place.setProcess(child.pid);
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
    return new ChildProcess(command, { cwd: options.cwd, env: { ...env, ...command.env } });
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

/** The worker's channels, or the reason why they don't come. */
function connection({ child, server, options, file }: Attempt): Promise<Channels> {
  const { startTimeoutMs, signal, evaluator } = options;
  return new Promise<Channels>((resolve, reject) => {
    const timer = setTimeout(() => {
      const message = `${evaluator.name} at '${file}' did not answer within ${String(startTimeoutMs / 1000)} s.`;
      reject(new EvaluatorStartError(message, child.startupOutput));
    }, startTimeoutMs);
    const abort = (): void => {
      reject(new CancelledError('The start was cancelled.'));
    };
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    const settled = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    server.connected.then(resolve, reject).finally(settled);
    child.exited.then(
      async (status) => {
        settled();
        const message = `'${file}' ended with ${describeExit(status)} before it was ready. Is it a working ${evaluator.name}?`;
        reject(new EvaluatorStartError(message, await child.lastWords()));
      },
      (error: unknown) => {
        settled();
        reject(spawnError(error, file, options));
      },
    );
  });
}

function spawnError(error: unknown, file: string, { cwd, evaluator }: LocalLinkOptions): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (cwd !== undefined && !isDirectory(cwd)) {
    return new WorkingDirectoryError(cwd, { cause: error });
  }
  if (code === 'ENOENT' || code === 'ENOTDIR' || file === '') return new EvaluatorNotFoundError(file, { cause: error });
  const tooLong = 'its arguments and environment variables are longer than the system allows.';
  const reason = code === 'E2BIG' ? tooLong : error instanceof Error ? error.message : String(error);
  return new EvaluatorStartError(`${evaluator.name} at '${file}' could not be started: ${reason}`, '', {
    cause: error,
  });
}

function isDirectory(directory: string): boolean {
  try {
    return statSync(directory).isDirectory();
  } catch {
    return false;
  }
}
