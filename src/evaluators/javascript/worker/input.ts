import { Readable } from 'node:stream';
import { currentCommand } from './command.js';

type Send = (message: object) => void;

/** Asks the host for lines; the answers come over the side channel. */
export class LineSource {
  readonly #send: Send;

  #last = 0;
  readonly #waiting = new Map<number, (line: string | null) => void>();

  constructor(send: Send) {
    this.#send = send;
  }

  /** One line without its end; null at the end of input. */
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

  /** Nobody waits for a line any more: the command was interrupted. */
  cancel(): void {
    for (const request of this.#waiting.keys()) this.#send({ t: 'inputCancelled', request });
    this.#waiting.clear();
  }
}

/** `process.stdin`: a line is asked for when somebody reads. */
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

/** Gives a command its `process.stdin`: the one of the command before, unless that has ended. */
export function placeInput(lines: LineSource): void {
  if (!current || current.readableEnded || current.destroyed) current = new LineInput(lines);
  Object.defineProperty(process, 'stdin', { value: current, configurable: true, enumerable: true, writable: true });
}

/** A command's reading was cut off: the next one begins anew. */
export function dropInput(): void {
  current = undefined;
}

/**
 * The global `input(prompt)`: a line that the person types. It must be awaited: Node has no way to wait for the host in the
 * middle of a function.
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
