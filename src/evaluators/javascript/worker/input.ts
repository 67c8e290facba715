import { Readable } from 'node:stream';
import { currentCommand } from './command.js';

type Send = (message: object) => void;

/** Asks the host for lines; the answers arrive on the side channel. */
export class LineSource {
  readonly #send: Send;

  #last = 0;
  readonly #waiting = new Map<number, (line: string | null) => void>();

  constructor(send: Send) {
    this.#send = send;
  }

  /** A line without its line ending; null at the end of input. */
  ask(prompt: string, password: boolean): Promise<string | null> {
    const request = ++this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(request, resolve);
      this.#send({ t: 'input', request, id: currentCommand()?.id ?? 0, prompt, password });
    });
  }

  answer(request: number, line: string | null): void {
    const resolve = this.#waiting.get(request);
    this.#waiting.delete(request);
    resolve?.(line);
  }

  /** Nothing waits for a line any more, because the command was interrupted. */
  cancel(): void {
    for (const request of this.#waiting.keys()) this.#send({ t: 'inputCancelled', request });
    this.#waiting.clear();
  }
}

const soon = setImmediate;

/**
 * `process.stdin`: requests a line when somebody reads. What has its answer and stops reading, as `readline` does once it
 * is closed, gets no other request: whether a line is wanted is known a turn later.
 */
class LineInput extends Readable {
  readonly #lines: LineSource;

  readonly fd = 0;
  readonly isTTY = false;
  #isWanted = false;
  #state: 'quiet' | 'about to ask' | 'asking' = 'quiet';

  constructor(lines: LineSource) {
    super();
    this.#lines = lines;
  }

  override _read(): void {
    this.#isWanted = true;
    this.#askSoon();
  }

  override resume(): this {
    super.resume();
    this.#askSoon();
    return this;
  }

  override on(event: string | symbol, listener: (...args: never[]) => void): this {
    super.on(event, listener as (...args: unknown[]) => void);
    if (event === 'readable') this.#askSoon();
    return this;
  }

  override addListener(event: string | symbol, listener: (...args: never[]) => void): this {
    return this.on(event, listener);
  }

  /** The command that reads was interrupted: as at a terminal, what still reads gets the end of input. */
  end(): void {
    this.#isWanted = false;
    if (this.#state === 'asking') this.push(null);
  }

  #askSoon(): void {
    if (!this.#isWanted || this.#state !== 'quiet') return;
    this.#state = 'about to ask';
    soon(() => {
      this.#state = 'quiet';
      const isPaused = this.readableFlowing === false && this.listenerCount('readable') === 0;
      if (this.#isWanted && !isPaused) this.#ask();
    });
  }

  #ask(): void {
    this.#isWanted = false;
    this.#state = 'asking';
    void this.#lines.ask('', false).then((line) => {
      this.#state = 'quiet';
      this.push(line === null ? null : `${line}\n`);
    });
  }
}

let current: LineInput | undefined;

/** Gives a command its `process.stdin`: that of the previous command, until it has ended. */
export function placeInput(lines: LineSource): void {
  Object.defineProperty(process, 'stdin', {
    configurable: true,
    enumerable: true,
    get: () => {
      if (!current || current.readableEnded || current.destroyed) current = new LineInput(lines);
      return current;
    },
    set: (value: unknown) => {
      Object.defineProperty(process, 'stdin', { value, configurable: true, enumerable: true, writable: true });
    },
  });
}

/** The command was interrupted while reading: the next one starts anew. */
export function dropInput(): void {
  current?.end();
  current = undefined;
}

/**
 * The global `input(prompt)`: a line that the user types. It must be awaited, because Node.js cannot wait for the host
 * in the middle of a function.
 */
export function createInput(
  lines: LineSource,
): (prompt?: unknown, options?: { password?: boolean }) => Promise<string> {
  return async function input(prompt = '', { password = false } = {}) {
    const text = String(prompt);
    if (text) process.stdout.write(text);
    const line = await lines.ask(text, password);
    if (line === null) throw new Error('The input has ended.');
    return line;
  };
}
