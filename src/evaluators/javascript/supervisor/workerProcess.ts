import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ProcessGroup } from '../../../engine/link/processGroup.js';
import type { Orders } from './orders.js';

export interface WorkerEnding {
  readonly exitCode: number | null;
  /** Its number. */
  readonly signal: number | null;
}

/** The worker's process. It leads a session and a process group of its own. */
export interface WorkerProcess {
  readonly group: ProcessGroup;
  readonly exited: Promise<WorkerEnding>;
  /** Settles when it and its children have closed their first streams. */
  readonly streamsEnded: Promise<unknown>;
  /** What arrives there, also what has arrived before. Called once. */
  onDidPrint(listener: (stream: 0 | 1, bytes: Buffer) => void): void;
}

/** @throws the system's error if it cannot be started. */
export async function startWorkerProcess({ argv: [file, ...args], env }: Orders): Promise<WorkerProcess> {
  const child = spawn(file, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: environment(env) });
  if (child.pid === undefined) {
    return new Promise((_, reject) => {
      child.once('error', reject);
    });
  }
  const group = new ProcessGroup(child.pid);
  const streams = [child.stdout, child.stderr] as const;
  return {
    group,
    exited: new Promise((resolve) => {
      child.once('exit', (exitCode, signal) => {
        group.leave();
        resolve({ exitCode, signal: signal && constants.signals[signal] });
      });
    }),
    streamsEnded: Promise.all(streams.map((stream) => new Promise((resolve) => stream.once('close', resolve)))),
    onDidPrint: (listener) => {
      for (const index of [0, 1] as const)
        streams[index].on('data', (bytes: Buffer) => {
          listener(index, bytes);
        });
    },
  };
}

function environment(changes: Orders['env']): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const [name, value] of Object.entries(changes)) env[name] = value ?? undefined;
  return env;
}
