import type { ChildProcess as NodeProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { execa } from 'execa';
import type { LaunchCommand } from '../evaluator.js';
import { within } from '../deadline.js';
import { exitCodeText } from '../exitCodeText.js';
import type { StreamIndex } from '../output/streamMerger.js';
import { programToStart } from '../windows/programOnPath.js';
import { systemProgram } from '../windows/systemProgram.js';
import { ProcessGroup } from './processGroup.js';

/** How a process ended: one of the two is null. */
export interface ExitStatus {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

export function describeExit({ exitCode, signal }: ExitStatus): string {
  return signal ?? (exitCode === null ? 'no process' : `exit code ${exitCodeText(exitCode)}`);
}

/** What a process prints to its own streams: all of it, until it takes them over; then what others print there. */
export interface Printed {
  append(stream: StreamIndex, bytes: Uint8Array): void;
  /** The beginning, for an error. */
  readonly text: string;
}

export interface ChildProcessOptions {
  readonly cwd?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly printed: Printed;
}

/** What a process wrote before it ended is already in its pipes. */
const LAST_WORDS_MS = 200;

/** Whether processes can receive signals. On Windows, they can only be asked over their channel, or ended. */
export const hasSignals = process.platform !== 'win32';

const baseOptions = {
  reject: false,
  buffer: false,
  cleanup: false,
  detached: hasSignals,
  windowsHide: true,
  extendEnv: false,
} as const;

/**
 * The process of an evaluator. It leads its own session and process group, so that a signal also reaches its children.
 */
export class ChildProcess {
  /** Settles when the process has ended; rejects if it could not be started. */
  readonly exited: Promise<ExitStatus>;
  readonly pid: number | undefined;
  /** Undefined if there is no process, or the system has no groups. */
  readonly group: ProcessGroup | undefined;
  readonly #streamsEnded: Promise<unknown>;
  readonly #printed: Printed;
  #hasExited = false;

  constructor({ file, args }: LaunchCommand, options: ChildProcessOptions) {
    this.#printed = options.printed;
    const child = execa(programToStart(file, options), args, {
      ...baseOptions,
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
      env: options.env as Record<string, string>,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    this.pid = child.pid;
    this.group = hasSignals && child.pid !== undefined ? new ProcessGroup(child.pid) : undefined;
    this.exited = this.#watch(child);
    const streams = [child.stdout, child.stderr];
    this.#streamsEnded = Promise.all(streams.map((stream) => new Promise((resolve) => stream.once('close', resolve))));
    for (const index of [0, 1] as const) {
      streams[index]?.on('data', (bytes: Buffer) => {
        this.#printed.append(index, bytes);
      });
    }
  }

  /** What it has printed, after it has ended: everything, unless a child of it keeps the streams open. */
  async lastWords(): Promise<string> {
    await within(LAST_WORDS_MS, this.#streamsEnded);
    return this.#printed.text;
  }

  /**
   * Sends a signal to the process and all its descendants that did not leave its group. On Windows, ends the process
   * and its descendants, whatever the signal. False if none is left.
   */
  signalGroup(signal: NodeJS.Signals): boolean {
    if (this.group) return this.group.signal(signal);
    return this.pid !== undefined && !this.#hasExited && endTree(this.pid);
  }

  /** Kills what is left of the group, which is never signalled again. */
  endGroup(): void {
    this.signalGroup('SIGKILL');
    this.group?.dispose();
  }

  #watch(child: Pick<NodeProcess, 'once' | 'pid'> & PromiseLike<{ cause?: unknown }>): Promise<ExitStatus> {
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      // a failure to create a process has no event
      child.then(({ cause }) => {
        if (child.pid === undefined) reject(cause instanceof Error ? cause : new Error(String(cause)));
      }, reject);
      child.once('exit', (exitCode: number | null, signal: string | null) => {
        this.#hasExited = true;
        this.group?.leave();
        resolve({ exitCode, signal });
      });
    });
  }
}

/** `taskkill` follows parents to children. It finds none if they have already ended, which is fine. */
function endTree(id: number): boolean {
  const options = { reject: false, stdio: 'ignore', windowsHide: true } as const;
  execa(systemProgram('taskkill.exe'), ['/pid', String(id), '/t', '/f'], options).catch(() => undefined);
  return true;
}

/** A program that goes on without this process, from when it says that it is ready. */
export interface LastingProgram {
  /** Settles with undefined when it has given its answer, or with how it ended before that. */
  readonly ready: Promise<ExitStatus | undefined>;
  kill(): void;
}

/**
 * Starts a program, and hands it its orders on standard input. Once it is ready, it answers with a line that nobody
 * else would print. `printed` receives what it prints before that.
 * @throws the system's error if it cannot be started.
 */
export async function startLasting(
  { file, args }: LaunchCommand,
  { cwd, env, printed }: ChildProcessOptions,
  { orders, answer }: { readonly orders: string; readonly answer: string },
): Promise<LastingProgram> {
  const child = execa(programToStart(file, { env }), args, {
    ...baseOptions,
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    env: env as Record<string, string>,
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (child.pid === undefined) throw (await child).cause;
  child.stdin.on('error', () => undefined); // it has ended, which `ready` reports
  child.stdin.end(orders);
  const streams = [child.stdout, child.stderr] as const;
  const begun = new Promise<undefined>((resolve) => {
    const look = answerFinder(`${answer}\n`, (bytes) => {
      printed.append(0, bytes);
    });
    child.stdout.on('data', (bytes: Buffer) => {
      if (look(bytes)) resolve(undefined);
    });
    child.stderr.on('data', (bytes: Buffer) => {
      printed.append(1, bytes);
    });
  });
  const ready = Promise.race([exitOf(child), begun]).finally(() => {
    child.unref();
    for (const stream of streams) stream.destroy();
  });
  return { ready, kill: () => void child.kill('SIGKILL') };
}

/**
 * Whether a program has given its answer, with what it has printed now; `others` receives what it prints beside that.
 * Startup files, and what they start, may print before and after it.
 */
function answerFinder(answer: string, others: (bytes: Buffer) => void): (bytes: Buffer) => boolean {
  let begun = 0; // so much of the answer has come
  return (bytes) => {
    const all = Buffer.concat([Buffer.from(answer.slice(0, begun)), bytes]);
    const at = all.indexOf(answer);
    begun = at < 0 ? commonLength(all, answer) : 0;
    const rest =
      at < 0 ? [all.subarray(0, all.length - begun)] : [all.subarray(0, at), all.subarray(at + answer.length)];
    for (const part of rest) if (part.length > 0) others(part);
    return at >= 0;
  };
}

/** How much of the start of `text` is at the end of `bytes`. */
function commonLength(bytes: Buffer, text: string): number {
  for (let length = Math.min(bytes.length, text.length - 1); length > 0; length--) {
    if (bytes.subarray(-length).equals(Buffer.from(text.slice(0, length)))) return length;
  }
  return 0;
}

async function exitOf(
  child: PromiseLike<{ readonly exitCode?: number | undefined; readonly signal?: string | undefined }>,
): Promise<ExitStatus> {
  const { exitCode, signal } = await child;
  return { exitCode: exitCode ?? null, signal: signal ?? null };
}

/** A program whose standard input and output carry a protocol. */
export interface PipedProgram {
  readonly stdin: Writable;
  /** Null if it goes somewhere else. */
  readonly stdout: Readable | null;
  readonly stderr: Readable;
  readonly exited: Promise<ExitStatus>;
  /** Kills it, and everybody in its group. */
  end(): void;
}

/**
 * `output` is the socket to which it writes, if it gets no pipe for that.
 * @throws the system's error if it cannot be started.
 */
export async function startPiped(
  { file, args }: LaunchCommand,
  env: NodeJS.ProcessEnv,
  output?: Writable,
): Promise<PipedProgram> {
  const child = execa(programToStart(file, { env }), args, {
    ...baseOptions,
    stdin: 'pipe',
    stdout: output ?? 'pipe',
    stderr: 'pipe',
    env: env as Record<string, string>,
  });
  if (child.pid === undefined) throw (await child).cause;
  const group = hasSignals ? new ProcessGroup(child.pid) : undefined;
  child.stdin.on('error', () => undefined); // it has ended, which `exited` reports
  const exited = exitOf(child);
  const end = (): void => {
    if (group) group.signal('SIGKILL');
    else child.kill('SIGKILL');
    group?.dispose();
  };
  void exited.then(() => group?.leave());
  return { stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, exited, end };
}

/**
 * A shell that runs a script of ours and outlives this process. It reads what `write` sends, until this process ends.
 */
export interface Shell {
  readonly exited: Promise<unknown>;
  write(text: string): void;
}

export function startShell(script: string, ...args: readonly string[]): Shell {
  const shell = execa('/bin/sh', ['-c', script, 'extsession-guardian', ...args], {
    ...baseOptions,
    stdin: 'pipe',
    stdout: 'ignore',
    stderr: 'ignore',
    env: {},
  });
  shell.unref();
  (shell.stdin as unknown as { unref?: () => void }).unref?.();
  shell.stdin.on('error', () => undefined); // it has ended, which `exited` reports
  return { exited: shell.catch(() => undefined), write: (text) => void shell.stdin.write(text) };
}
