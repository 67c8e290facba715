import type { ExtResults } from '../extResults.js';
import type { Logger } from '../logger.js';

/** Someone is asked for a line. */
export interface InputRequest {
  /** As the code gave it; it may be empty. */
  readonly prompt: string;
  /** What is typed is not to be shown. */
  readonly password: boolean;
  /** Aborted when the line is not wanted any more. */
  readonly signal: AbortSignal;
  /** Of the command that asks; absent when nobody holds them any more. */
  readonly results?: ExtResults;
}

/** Answers with a line without its end; undefined is the end of input. */
export type OnInput = (request: InputRequest) => Promise<string | undefined>;

/** What a worker asks for. */
interface Asked {
  readonly request: number;
  readonly prompt: string;
  readonly password: boolean;
  readonly results: ExtResults | undefined;
}

/** A session's standard input: lines written ahead come first, then the person is asked, and without either it is at its end. */
export class StandardInput {
  readonly #onInput: OnInput | undefined;
  readonly #log: Logger;

  readonly #lines: string[] = [];
  readonly #open = new Map<number, { cancel: AbortController; answer: (text: string | undefined) => void }>();

  constructor(onInput: OnInput | undefined, log: Logger) {
    this.#onInput = onInput;
    this.#log = log;
  }

  /** Answers the oldest open request, or the next one. A text of several lines is as many lines. */
  writeLine(text: string): void {
    for (const line of linesOf(text)) {
      const [oldest] = this.#open.values();
      if (oldest) oldest.answer(line);
      else this.#lines.push(line);
    }
  }

  request({ request, prompt, password, results }: Asked, send: (text: string | null) => void): void {
    const line = this.#lines.shift();
    if (line !== undefined || !this.#onInput) {
      send(line ?? null);
      return;
    }
    const cancel = new AbortController();
    const answer = (text: string | undefined): void => {
      if (!this.#open.delete(request)) return;
      const [line = null, ...more] = text === undefined ? [] : linesOf(text);
      this.#lines.unshift(...more);
      send(line);
      cancel.abort();
    };
    this.#open.set(request, { cancel, answer });
    void this.#ask({ prompt, password, signal: cancel.signal, ...(results ? { results } : {}) }).then(
      answer,
      (error: unknown) => {
        this.#log.error(`Asking for input failed: ${error instanceof Error ? error.message : String(error)}`);
        answer(undefined);
      },
    );
  }

  /** Whatever the answer is, and however asking fails: that is not the session's end. */
  async #ask(request: InputRequest): Promise<string | undefined> {
    return this.#onInput?.(request);
  }

  /** The worker does not wait for that line any more. */
  cancel(request: number): void {
    const open = this.#open.get(request);
    this.#open.delete(request);
    open?.cancel.abort();
  }

  /** No one waits any more: the process has ended. */
  cancelAll(): void {
    for (const request of [...this.#open.keys()]) this.cancel(request);
  }
}

/** Without their ends; no line of an input has one within. */
function linesOf(text: string): string[] {
  return text.replace(/(\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/);
}
