import { readdirSync, readFileSync } from 'node:fs';
import { after } from '../deadline.js';
import type { Disposable } from '../disposable.js';
import { startTimeOf } from '../link/processGroup.js';

/** After that, a command has usage. */
const LONG_MS = 100;
/** How often is looked while the memory of children grows, and otherwise. */
const GROWING_MS = 10;
const QUIET_MS = 50;
/** So many times nothing has grown before it counts as quiet. */
const STILL = 20;
const MOST_PROCESSES = 200;
/** Of the clock in which Linux says when processes have started, for programs on all of its machines. */
const TICKS_PER_S = 100;
/** It is read in steps of that clock. */
const MARGIN_TICKS = 2;

/**
 * The most memory that one of the child processes of a worker has had that a command has started, or one of theirs. A
 * worker that cannot ask the system for it is looked at from here, while its command takes long. Linux only.
 */
export class ChildMemory {
  readonly #pid: number;
  #looking: Disposable | undefined;
  #began = 0;
  /** Children that have started before, in ticks since the start of the system, are not the command's. */
  #firstTick = 0;
  #most = 0;
  #still = 0;

  constructor(pid: number) {
    this.#pid = pid;
  }

  /** A command begins. */
  begin(): void {
    this.#looking?.dispose();
    this.#most = this.#still = this.#firstTick = 0;
    this.#began = performance.now();
    this.#lookIn(LONG_MS);
  }

  /** The command has ended: in bytes, or 0 if the worker itself has had more. */
  end(): number {
    this.#looking?.dispose();
    if (this.#firstTick === 0) return 0;
    this.#look();
    return this.#most > peakOf(this.#pid) ? this.#most : 0;
  }

  #lookIn(ms: number): void {
    this.#looking = after(ms, () => {
      const before = this.#most;
      const isThere = this.#look();
      this.#still = this.#most > before ? 0 : this.#still + 1;
      this.#lookIn(isThere && this.#still < STILL ? GROWING_MS : QUIET_MS);
    });
  }

  /** Whether there is a child. */
  #look(): boolean {
    this.#firstTick ||= ticks() - ((performance.now() - this.#began) / 1000) * TICKS_PER_S - MARGIN_TICKS;
    const children = childrenOf(this.#pid).filter((id) => Number(startTimeOf(id) ?? 0) >= this.#firstTick);
    const isThere = children.length > 0;
    for (let at = 0; at < Math.min(children.length, MOST_PROCESSES); at++) {
      const id = children[at] ?? 0;
      this.#most = Math.max(this.#most, peakOf(id));
      children.push(...childrenOf(id));
    }
    return isThere;
  }
}

/** The children of all threads; none if the process is gone, or the system is not Linux. */
function childrenOf(pid: number): number[] {
  try {
    const tasks = `/proc/${String(pid)}/task`;
    return readdirSync(tasks)
      .flatMap((task) => readFileSync(`${tasks}/${task}/children`, 'latin1').split(' '))
      .filter(Boolean)
      .map(Number);
  } catch {
    return [];
  }
}

/** The most that a process has had, in bytes; 0 if it is gone. */
function peakOf(pid: number): number {
  try {
    const [, kilobytes = 0] = /^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'latin1')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return 0;
  }
}

/** Since the start of the system; infinite if it does not say. */
function ticks(): number {
  try {
    return Number.parseFloat(readFileSync('/proc/uptime', 'latin1')) * TICKS_PER_S;
  } catch {
    return Infinity;
  }
}
