import type { ChildProcess as NodeProcess } from 'node:child_process';
import { execa } from 'execa';
import type { LaunchCommand } from './evaluator.js';

/** How a process ended: one of the two is null. */
export interface ExitStatus {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

export function describeExit({ exitCode, signal }: ExitStatus): string {
  return signal ?? (exitCode === null ? 'no process' : `exit code ${String(exitCode)}`);
}

const OUTPUT_KEPT = 64 * 1024;

const baseOptions = {
  reject: false,
  buffer: false,
  cleanup: false,
  detached: true,
  windowsHide: true,
  extendEnv: false,
} as const;

/** An evaluator's process: the leader of its own session and process group, so that a signal reaches its children too. */
export class ChildProcess {
  /** Settles when the process has ended, or could not be started: then with a rejection. */
  readonly exited: Promise<ExitStatus>;
  readonly pid: number | undefined;
  private printed = '';
  private groupGone = false;

  constructor(
    { file, args }: LaunchCommand,
    options: { cwd?: string | undefined; env: Readonly<Record<string, string | undefined>> },
  ) {
    const child = execa(file, args, {
      ...baseOptions,
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
      env: options.env as Record<string, string>,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    this.pid = child.pid;
    void child.catch(() => undefined); // told by 'error'
    this.exited = this.watch(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        if (this.printed.length < OUTPUT_KEPT) this.printed += text;
      });
    }
  }

  /** What it printed before it took its streams into its own hands, at most 64 KiB. */
  get startupOutput(): string {
    return this.printed.trim();
  }

  /** Sends a signal to the process and all its descendants that did not leave its group. False when none is left. */
  signalGroup(signal: NodeJS.Signals | 0): boolean {
    if (this.pid === undefined || this.groupGone) return false;
    try {
      process.kill(-this.pid, signal);
      return true;
    } catch {
      return false;
    }
  }

  private watch(child: Pick<NodeProcess, 'once'>): Promise<ExitStatus> {
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (exitCode: number | null, signal: string | null) => {
        // a group without members may become another process's: it is never signalled again
        this.groupGone = !this.signalGroup(0);
        resolve({ exitCode, signal });
      });
    });
  }
}

/** A shell that runs a script of ours and outlives this process: it reads what `write` gives, up to this process's end. */
export interface Shell {
  readonly exited: Promise<unknown>;
  write(text: string): void;
}

export function startShell(script: string): Shell {
  const shell = execa('/bin/sh', ['-c', script, 'extsession-guardian'], {
    ...baseOptions,
    stdin: 'pipe',
    stdout: 'ignore',
    stderr: 'ignore',
    env: {},
  });
  shell.unref();
  (shell.stdin as unknown as { unref?: () => void }).unref?.();
  shell.stdin.on('error', () => undefined); // it has ended, which `exited` tells
  return { exited: shell.catch(() => undefined), write: (text) => void shell.stdin.write(text) };
}
