import { inspect } from 'node:util';
import type { Disposable } from './disposable.js';
import type { Logger } from './logger.js';

/** Receives what a listener throws, or what its promise rejects with. */
export type ListenerErrorReport = (error: unknown) => void;

/** Reports to a logger; without one, as a warning of this process, which Node.js prints. */
export function reportListenerErrors(logger: Logger | undefined): ListenerErrorReport {
  if (!logger) return warn;
  return (error) => {
    logger.error(`A listener failed: ${inspect(error)}`);
  };
}

function warn(error: unknown): void {
  process.emitWarning('A listener failed.', { type: 'ExtSessionWarning', detail: inspect(error) });
}

/**
 * The listeners of an event. As in VS Code, one that fails is reported, and stops neither the others nor whoever fires
 * the event.
 */
export class Emitter<T> {
  readonly #report: ListenerErrorReport;
  /** Absent where nobody has listened yet: most of a command's events. */
  #listeners: Set<(value: T) => unknown> | undefined;

  constructor(report: ListenerErrorReport = warn) {
    this.#report = report;
  }

  get isEmpty(): boolean {
    return (this.#listeners?.size ?? 0) === 0;
  }

  readonly event = (listener: (value: T) => void): Disposable => {
    const own = (value: T): unknown => listener(value); // an async function returns a promise, which can reject
    const listeners = (this.#listeners ??= new Set());
    listeners.add(own);
    return { dispose: () => void listeners.delete(own) };
  };

  fire(value: T): void {
    const listeners = this.#listeners;
    if (!listeners) return;
    for (const listener of [...listeners]) {
      if (!listeners.has(listener)) continue; // an earlier one has disposed of it
      try {
        const returned = listener(value);
        if (returned instanceof Promise) returned.catch(this.#report);
      } catch (error) {
        this.#report(error);
      }
    }
  }

  /** Removes all listeners. */
  dispose(): void {
    this.#listeners?.clear();
  }
}
