import { readFileSync } from 'node:fs';
import type { Disposable } from '../disposable.js';
import { Emitter } from '../emitter.js';

/** How often a group without its leader is checked: another group can have its number when it is empty. */
const LOOK_EVERY_MS = 1000;

/**
 * `led` by the process that created it; `left` by that process, while others are in it; `gone` when its number can be
 * reused.
 */
export type GroupState = 'led' | 'left' | 'gone';

/**
 * A process group and its leader. As long as the group has members, no other process gets its number. When it is empty,
 * the number can be reused, so it is never signalled again.
 */
export class ProcessGroup implements Disposable {
  readonly #stateChanged = new Emitter<GroupState>();
  #current: GroupState = 'led';
  #looking: NodeJS.Timeout | undefined;
  /** When the leader started, as reported by the system; undefined if it does not report that. */
  readonly startTime: string | undefined;

  readonly onDidChangeState = this.#stateChanged.event;

  /** `id` is that of the leader, which has not been waited for. */
  constructor(readonly id: number) {
    this.startTime = startTimeOf(id);
  }

  get state(): GroupState {
    return this.#current;
  }

  /** The leader has ended and been waited for. */
  leave(): void {
    if (this.#current !== 'led') return;
    this.#become('left');
    this.#looking = setInterval(() => {
      this.#look();
    }, LOOK_EVERY_MS).unref();
    this.#look();
  }

  /** Sends a signal to all members. False if none is left. */
  signal(signal: NodeJS.Signals | number): boolean {
    this.#look();
    return this.#current !== 'gone' && kill(-this.id, signal);
  }

  /** Stops checking and signalling it. */
  dispose(): void {
    clearInterval(this.#looking);
    this.#current = 'gone';
  }

  /** Without its leader, a process with its number is unrelated, and so is that process's group. */
  #look(): void {
    if (this.#current === 'left' && (!kill(-this.id, 0) || exists(this.id))) this.#become('gone');
  }

  #become(state: GroupState): void {
    this.#current = state;
    if (state === 'gone') clearInterval(this.#looking);
    this.#stateChanged.fire(state);
  }
}

/**
 * When a process started, in the words of the system: the 22nd field of `/proc/PID/stat`, in clock ticks since boot.
 * The second field, a name, can contain anything.
 */
export function startTimeOf(id: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(id)}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined; // not Linux
  }
}

function kill(id: number, signal: NodeJS.Signals | number): boolean {
  try {
    process.kill(id, signal);
    return true;
  } catch {
    return false;
  }
}

function exists(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
