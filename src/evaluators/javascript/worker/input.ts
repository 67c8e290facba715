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

/** `process.stdin`: requests a line when somebody reads. */
class LineInput extends Readable {
  readonly #lines: LineSource;

  readonly fd = 0;
  readonly isTTY = false;
  #asking = false;

  constructor(lines: LineSource) {
    super();
    this.#lines = lines;
  }

  override _read(): void {
    if (this.#asking) return;
    this.#asking = true;
    void this.#lines.ask('', false).then((line) => {
      this.#asking = false;
      this.push(line === null ? null : `${line}\n`);
    });
  }
}

let current: LineInput | undefined;

/** Gives a command its `process.stdin`: that of the previous command, unless it has ended. */
export function placeInput(lines: LineSource): void {
  if (!current || current.readableEnded || current.destroyed) current = new LineInput(lines);
  Object.defineProperty(process, 'stdin', { value: current, configurable: true, enumerable: true, writable: true });
}

/** The command was interrupted while reading: the next one starts anew. */
export function dropInput(): void {
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
