import { createRequire } from 'node:module';
import type * as Readline from 'node:readline';
import type { Readable } from 'node:stream';

type Interface = Readline.Interface;

const load = createRequire(__filename);

/** What a stream is told of the interfaces of readline that read it. */
export interface ReadByLines extends Readable {
  readonly readers: LineReaders;
  /** Whether that interface wants a line may have changed. */
  heardOf(reader: Interface): void;
}

type Reject = (error: Error) => void;

/** The interfaces of readline that read one stream, and which of them want a line. */
export class LineReaders {
  readonly #all = new Set<Interface>();
  /** Those that had a question when a line was asked for. */
  #asking: readonly Interface[] = [];

  add(reader: Interface): void {
    for (const one of this.#all) if (isClosed(one) && !hasQuestion(one)) this.#all.delete(one);
    this.#all.add(reader);
  }

  get open(): readonly Interface[] {
    return [...this.#all].filter((reader) => !isClosed(reader));
  }

  get haveQuestion(): boolean {
    return this.open.some(hasQuestion);
  }

  get wantLine(): boolean {
    return this.open.some((reader) => hasQuestion(reader) || (!isPaused(reader) && reader.listenerCount('line') > 0));
  }

  /** A line is asked for. */
  ask(): void {
    this.#asking = this.open.filter(hasQuestion);
  }

  /** Whether a line was asked for its question, which it has not any more. */
  hasTakenBack(reader: Interface): boolean {
    return this.#asking.includes(reader) && !hasQuestion(reader);
  }

  /**
   * The input has ended: questions reject, which Node.js would leave waiting for ever. Whether there is one that cannot
   * reject, and that nobody will hear of: Node.js itself listens for the end of each interface.
   */
  endQuestions(error: Error): boolean {
    let isLost = false;
    for (const reader of this.#all) {
      if (!hasQuestion(reader)) continue;
      const reject = ownSymbol(reader, '_questionReject') as Reject | undefined;
      if (reject) reject(error);
      else if (reader.listenerCount('close') <= 1) isLost = true;
    }
    return isLost;
  }
}

interface Plain {
  readonly setPrompt: (this: Interface, prompt: string) => void;
  readonly on: (this: Interface, event: string, listener: (...args: unknown[]) => void) => Interface;
}

let follows = false;

/**
 * From now on, interfaces of readline tell the stream that they read when they are created, when a question begins or
 * ends, and when somebody listens for lines. Called when a command first uses `process.stdin`, because readline takes
 * a while to load.
 */
export function followReaders(isOurs: (stream: unknown) => stream is ReadByLines): void {
  if (follows) return;
  follows = true;
  const { Interface: Classic } = load('node:readline') as typeof Readline;
  // also that of readline/promises; it calls its setPrompt when it is created and around each question
  const prototype = Object.getPrototypeOf(Classic.prototype) as Interface;
  const { setPrompt, on } = prototype as unknown as Plain;
  const tell = (reader: Interface): void => {
    const { input } = reader as unknown as { readonly input: unknown };
    if (isOurs(input)) input.heardOf(reader);
  };
  const listen = function (this: Interface, event: string, listener: (...args: unknown[]) => void): Interface {
    on.call(this, event, listener);
    if (event === 'line') tell(this);
    return this;
  };
  hide(prototype, 'setPrompt', function setPrompt_(this: Interface, prompt: string): void {
    setPrompt.call(this, prompt);
    tell(this);
  });
  hide(prototype, 'on', listen);
  hide(prototype, 'addListener', listen);
}

function hide(prototype: object, name: string, value: (...args: never[]) => unknown): void {
  Object.defineProperty(value, 'name', { value: name, configurable: true });
  Object.defineProperty(prototype, name, { value, configurable: true, enumerable: false, writable: true });
}

function hasQuestion(reader: Interface): boolean {
  return typeof ownSymbol(reader, '_questionCallback') === 'function';
}

function isPaused(reader: Interface): boolean {
  return (reader as unknown as { readonly paused?: boolean }).paused === true;
}

function isClosed(reader: Interface): boolean {
  return (reader as unknown as { readonly closed?: boolean }).closed === true;
}

/** Node.js offers no other way to see whether a question is open. */
function ownSymbol(reader: Interface, description: string): unknown {
  const symbol = Object.getOwnPropertySymbols(reader).find((one) => one.description === description);
  return symbol && (reader as unknown as Record<symbol, unknown>)[symbol];
}
