import type { ExtResults } from '../extResults.js';
import type { LinesChange } from '../link/link.js';
import type { Logger } from '../logger.js';

/** A request for a line of input. */
export interface InputRequest {
  /** The prompt of the code; may be empty. */
  readonly prompt: string;
  /** Whether the input must not be shown. */
  readonly password: boolean;
  /** Aborted when the line is not needed any more. */
  readonly signal: AbortSignal;
  /** The results of the command that asks; absent if nobody holds them any more. */
  readonly results?: ExtResults;
}

/** Answers with a line without its line ending; undefined is the end of input. */
export type OnInput = (request: InputRequest) => Promise<string | undefined>;

/** What a worker asks for. */
interface Asked {
  readonly request: number;
  readonly prompt: string;
  readonly password: boolean;
  readonly results: ExtResults | undefined;
}

/**
 * The standard input of a session: lines written ahead come first, then the user is asked; without either, the input
 * has ended.
 */
export class StandardInput {
  readonly #onInput: OnInput | undefined;
  readonly #log: Logger;

  #lines: string[] = [];
  /** Is told of each line that is written ahead. */
  onDidWriteAhead: (line: string) => void = () => undefined;
  readonly #open = new Map<number, { cancel: AbortController; answer: (text: string | undefined) => void }>();

  constructor(onInput: OnInput | undefined, log: Logger) {
    this.#onInput = onInput;
    this.#log = log;
  }

  /** Answers the oldest open request, or the next one. A text of several lines counts as several lines. */
  writeLine(text: string): void {
    for (const line of linesOf(text)) {
      const [oldest] = this.#open.values();
      if (oldest) oldest.answer(line);
      else {
        this.#lines.push(line);
        this.onDidWriteAhead(line);
      }
    }
  }

  /** Those that nobody has read. */
  get linesAhead(): readonly string[] {
    return this.#lines;
  }

  /** Those that were written through an earlier host. Called before anything is asked or written here. */
  restore(lines: readonly string[]): void {
    this.#lines = [...this.#lines, ...lines];
  }

  /** `send` is also told what becomes of the lines that are written ahead. */
  request(
    { request, prompt, password, results }: Asked,
    send: (text: string | null, lines: LinesChange) => void,
  ): void {
    const line = this.#lines.shift();
    if (line !== undefined || !this.#onInput) {
      send(line ?? null, { used: line === undefined ? 0 : 1, more: [] });
      return;
    }
    const cancel = new AbortController();
    const answer = (text: string | undefined): void => {
      if (!this.#open.delete(request)) return;
      const [line = null, ...more] = text === undefined ? [] : linesOf(text);
      this.#lines = [...more, ...this.#lines];
      send(line, { used: 0, more });
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

  /** No answer and no failure to ask ends the session. */
  async #ask(request: InputRequest): Promise<string | undefined> {
    return this.#onInput?.(request);
  }

  /** The worker does not wait for that line any more. */
  cancel(request: number): void {
    const open = this.#open.get(request);
    this.#open.delete(request);
    open?.cancel.abort();
  }

  /** The process has ended, so nothing waits any more. */
  cancelAll(): void {
    for (const request of [...this.#open.keys()]) this.cancel(request);
  }
}

/** Without their line endings; a line of input must not contain any. */
function linesOf(text: string): string[] {
  return text.replace(/(\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/);
}
