import { spawn, spawnSync } from 'node:child_process';
import { closeSync, constants, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Pair, PairMaker } from './pair.js';

/** Saved now, because later it redirects the output of children to the command that needs the pair. */
const runNow = spawnSync;

const BATCH = 32;
const MAKE_MORE_BELOW = 8;

class FifoPair implements Pair {
  readonly #paths: readonly [string, string];

  readonly writeEnds: readonly [number, number];
  #readEnds: readonly number[];
  #open = true;

  constructor(
    readonly number: number,
    paths: readonly [string, string],
  ) {
    this.#paths = paths;
    // our own read end, until the host has one: the write end opens immediately, and no writer ever gets EPIPE
    this.#readEnds = [openForReading(paths[0]), openForReading(paths[1])];
    this.writeEnds = [openSync(paths[0], constants.O_WRONLY), openSync(paths[1], constants.O_WRONLY)];
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Opens a write end again, as the lowest free descriptor of the process. */
  reopen(stream: 0 | 1): number {
    return openSync(this.#paths[stream], constants.O_WRONLY);
  }

  leaveToHost(): void {
    this.#readEnds.forEach(closeSync);
    this.#readEnds = [];
  }

  retire(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const name of this.#paths) rmSync(name, { force: true }); // first: as long as the name exists, the host takes the end of the stream for a pause
    this.leaveToHost();
    this.writeEnds.forEach(closeSync);
  }
}

/**
 * Creates FIFOs with the system's `mkfifo` program, because Node.js has no function for it: 32 pairs at a time, long
 * before they are needed, so that a command hardly ever waits for a process.
 */
export class Fifos implements PairMaker {
  readonly #directory: string;

  readonly #ready: number[] = [];
  #made = 0;
  #making = false;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** If that fails, they are made when they are needed, which tells the reason. */
  prepare(): Promise<void> {
    if (this.#making || this.#ready.length >= MAKE_MORE_BELOW) return Promise.resolve();
    this.#making = true;
    const numbers = this.#nextNumbers();
    return new Promise((resolve) => {
      const end = (isMade: boolean): void => {
        this.#making = false;
        if (isMade) this.#ready.push(...numbers);
        resolve();
      };
      const program = spawn('mkfifo', this.#options(numbers), spawnOptions());
      program.once('error', () => {
        end(false);
      });
      program.once('exit', (code) => {
        end(code === 0);
      });
    });
  }

  take(): FifoPair {
    if (this.#ready.length === 0) this.#makeNow();
    const number = this.#ready.shift() ?? 0;
    const paths = this.#paths(number);
    // another program may clean up the directory
    return paths.every((name) => existsSync(name)) ? new FifoPair(number, paths) : this.take();
  }

  takeForNobody(): Pair {
    const pair = this.take();
    for (const stream of [0, 1] as const) {
      closeSync(stream + 1);
      if (pair.reopen(stream) !== stream + 1) throw new Error('Descriptors 1 and 2 could not be replaced.');
    }
    return pair;
  }

  #makeNow(): void {
    const numbers = this.#nextNumbers();
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    const { status, error } = runNow('mkfifo', this.#options(numbers), spawnOptions());
    if (status !== 0) throw error ?? new Error(`mkfifo failed with exit code ${String(status)}`);
    this.#ready.push(...numbers);
  }

  #nextNumbers(): number[] {
    return Array.from({ length: BATCH }, () => ++this.#made);
  }

  #options(numbers: readonly number[]): string[] {
    return ['-m', '600', ...numbers.flatMap((number) => this.#paths(number))];
  }

  #paths(number: number): [string, string] {
    return [path.join(this.#directory, `${String(number)}.0`), path.join(this.#directory, `${String(number)}.1`)];
  }
}

/** In a separate process group: an interrupt of the command is not meant for this program. */
function spawnOptions(): { env: NodeJS.ProcessEnv; stdio: 'ignore'; detached: boolean } {
  // the usual folders of the program go last, because the user's PATH may lack them
  const PATH = [process.env.PATH, '/usr/bin:/bin'].filter(Boolean).join(path.delimiter);
  return { env: { PATH }, stdio: 'ignore', detached: true };
}

function openForReading(name: string): number {
  return openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
}
