import type { Interface } from 'node:readline';
import { Readable } from 'node:stream';
import { currentCommand } from './command.js';
import { followReaders, LineReaders, type ReadByLines } from './lineReaders.js';

type Send = (message: object) => void;

/** A line that the host was asked for: null at the end of input, and never once the request is withdrawn. */
interface LineRequest {
  readonly line: Promise<string | null>;
  withdraw(): void;
}

/** Asks the host for lines; the answers arrive on the side channel. */
export class LineSource {
  readonly #send: Send;

  #last = 0;
  readonly #waiting = new Map<number, (line: string | null) => void>();

  constructor(send: Send) {
    this.#send = send;
  }

  /** A line without its line ending. */
  ask(prompt: string, password: boolean): LineRequest {
    const request = ++this.#last;
    const line = new Promise<string | null>((resolve) => {
      this.#waiting.set(request, resolve);
      this.#send({ t: 'input', request, id: currentCommand()?.id ?? 0, prompt, password });
    });
    return {
      line,
      withdraw: () => {
        if (this.#waiting.delete(request)) this.#send({ t: 'inputCancelled', request });
      },
    };
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
 * `process.stdin`: requests a line when somebody reads. What has its answer and wants no other line, as an interface of
 * readline whose question is answered, gets no other request: whether a line is wanted is known a turn later.
 */
class LineInput extends Readable implements ReadByLines {
  readonly fd = 0;
  readonly isTTY = false;
  readonly readers = new LineReaders();

  readonly #lines: LineSource;
  readonly #lose: (error: Error) => void;

  #isRead = false;
  /** Whoever called `read()` has got a line, and has not asked for another one. */
  #hasLine = false;
  #looks = false;
  #request: LineRequest | undefined;

  /** `lose` is called with an error when the input ends and somebody would wait for it for ever. */
  constructor(lines: LineSource, lose: (error: Error) => void) {
    super();
    this.#lines = lines;
    this.#lose = lose;
    Object.defineProperty(this, 'readers', { enumerable: false });
  }

  override _read(): void {
    this.#isRead = true;
    this.lookSoon();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#withdraw();
    done(error);
  }

  override read(size?: number): unknown {
    const chunk: unknown = super.read(size);
    if (chunk === null && this.#hasLine) {
      this.#hasLine = false;
      this.lookSoon();
    }
    return chunk;
  }

  override resume(): this {
    super.resume();
    this.lookSoon();
    return this;
  }

  override pause(): this {
    super.pause();
    this.lookSoon();
    return this;
  }

  override on(event: string | symbol, listener: (...args: never[]) => void): this {
    super.on(event, listener as (...args: unknown[]) => void);
    if (event === 'readable') this.lookSoon();
    return this;
  }

  override addListener(event: string | symbol, listener: (...args: never[]) => void): this {
    return this.on(event, listener);
  }

  /** The command that reads was interrupted: as at a terminal, what still reads gets the end of input. */
  cutOff(): void {
    const isAsking = this.#request !== undefined;
    this.#request = undefined;
    this.#isRead = false;
    if (isAsking) this.push(null);
  }

  /** A question that is taken back takes its request along, even if the next one follows at once. */
  heardOf(reader: Interface): void {
    this.readers.add(reader);
    if (this.readers.hasTakenBack(reader)) this.#withdraw();
    this.lookSoon();
  }

  lookSoon(): void {
    if (this.#looks) return;
    this.#looks = true;
    soon(() => {
      this.#looks = false;
      if (!this.#isWanted()) this.#withdraw();
      else if (this.#isRead && !this.#request) this.#ask();
    });
  }

  #isWanted(): boolean {
    if (this.destroyed) return false;
    if (this.listenerCount('readable') > 0) return true;
    // another interface that was closed has paused the stream
    if (this.readers.haveQuestion && this.isPaused()) super.resume();
    if (this.readableFlowing === false) return false;
    const isReadPlainly = this.listenerCount('data') > this.readers.open.length;
    return (this.readableFlowing === null && !this.#hasLine) || isReadPlainly || this.readers.wantLine;
  }

  #ask(): void {
    this.#isRead = false;
    this.readers.ask();
    const request = this.#lines.ask('', false);
    this.#request = request;
    void request.line.then((line) => {
      if (this.#request !== request) return; // the command was interrupted
      this.#request = undefined;
      if (line === null) this.#end();
      else {
        this.#hasLine = true;
        this.push(`${line}\n`);
      }
    });
  }

  /** Nobody wants the line any more that was asked for; who reads next asks again. */
  #withdraw(): void {
    if (!this.#request) return;
    this.#request.withdraw();
    this.#request = undefined;
    this.#isRead = true;
  }

  #end(): void {
    this.once('end', () => {
      soon(() => {
        const error = ended();
        if (this.readers.endQuestions(error)) this.#lose(error);
      });
    });
    this.push(null);
  }
}

function ended(): Error {
  return new Error('The input has ended.');
}

let current: LineInput | undefined;

/**
 * Gives a command its `process.stdin`: that of the previous command, until it has ended. `lose` is called with an error
 * when the input ends and somebody would wait for it for ever.
 */
export function placeInput(lines: LineSource, lose: (error: Error) => void): void {
  Reflect.defineProperty(process, 'stdin', {
    configurable: true,
    enumerable: true,
    get: () => {
      followReaders((stream): stream is LineInput => stream instanceof LineInput);
      if (!current || current.readableEnded || current.destroyed) current = new LineInput(lines, lose);
      return current;
    },
    set: (value: unknown) => {
      Object.defineProperty(process, 'stdin', { value, configurable: true, enumerable: true, writable: true });
    },
  });
}

/** The command was interrupted while reading: the next one starts anew. */
export function dropInput(): void {
  current?.cutOff();
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
    const { line: answer } = lines.ask(text, password);
    const line = await answer;
    if (line === null) throw ended();
    return line;
  };
}
