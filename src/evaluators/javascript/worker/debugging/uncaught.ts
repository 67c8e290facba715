import type { AnyNode } from 'acorn';
import { catches, treeOf } from './catching.js';
import type { Scripts } from './scripts.js';

/** Larger ones take too long; what they throw counts as uncaught. */
const MOST_CHARACTERS = 2_000_000;
const MOST_TREES = 50;
/** What is thrown after these waits arrives where they began. */
const followed = /^(?:await|async function|Promise\.(?:then|catch|finally))$/;

export interface Position {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber?: number;
}
interface AsyncStack {
  readonly description?: string;
  readonly callFrames: readonly Position[];
  readonly parent?: AsyncStack | undefined;
}
export interface Throw {
  readonly callFrames: readonly { readonly location: Position }[];
  readonly asyncStackTrace?: AsyncStack;
  readonly data?: { readonly description?: string; readonly uncaught?: boolean };
}

interface Parsed {
  readonly tree: AnyNode;
  /** The offsets of its lines. */
  readonly lines: readonly number[];
}

/** Tells which errors the user's code does not catch. For V8, the worker catches them all. */
export class Uncaught {
  readonly #scripts: Scripts;
  readonly #sourceOf: (scriptId: string) => Promise<string>;
  readonly #parsed = new Map<string, Promise<Parsed | undefined>>();
  /** What was thrown last: it arrives again where it is awaited. */
  #last: string | undefined;

  constructor(scripts: Scripts, sourceOf: (scriptId: string) => Promise<string>) {
    this.#scripts = scripts;
    this.#sourceOf = sourceOf;
  }

  /** Whether it is not caught, and was not told before. */
  async includes(thrown: Throw): Promise<boolean> {
    const { description, uncaught = false } = thrown.data ?? {};
    if (!uncaught && (await this.#isCaught(thrown))) return false;
    const isAgain = description !== undefined && description === this.#last;
    this.#last = description;
    return !isAgain;
  }

  async #isCaught({ callFrames, asyncStackTrace }: Throw): Promise<boolean> {
    const frames = callFrames.map(({ location }) => location);
    if (await this.#someCatches(frames)) return true;
    const last = frames.findLast(({ scriptId }) => this.#scripts.kindOf(scriptId) !== 'node');
    if (last && this.#scripts.kindOf(last.scriptId) === 'own') return false;
    for (let stack = asyncStackTrace; stack && followed.test(stack.description ?? ''); stack = stack.parent)
      if (await this.#someCatches(stack.callFrames)) return true;
    return false;
  }

  async #someCatches(frames: readonly Position[]): Promise<boolean> {
    for (const frame of frames)
      if (this.#scripts.kindOf(frame.scriptId) === 'user' && (await this.#catches(frame))) return true;
    return false;
  }

  async #catches({ scriptId, lineNumber, columnNumber = 0 }: Position): Promise<boolean> {
    const script = await this.#script(scriptId);
    const start = script?.lines[lineNumber - this.#scripts.startLineOf(scriptId)];
    return script !== undefined && start !== undefined && catches(script.tree, start + columnNumber);
  }

  #script(scriptId: string): Promise<Parsed | undefined> {
    const known = this.#parsed.get(scriptId) ?? this.#sourceOf(scriptId).then(scriptOf);
    this.#parsed.set(scriptId, known);
    const [oldest] = this.#parsed.keys();
    if (this.#parsed.size > MOST_TREES && oldest !== undefined) this.#parsed.delete(oldest);
    return known;
  }
}

function scriptOf(source: string): Parsed | undefined {
  const tree = source.length > MOST_CHARACTERS ? undefined : treeOf(source);
  const lines = [
    0,
    ...Array.from(source.matchAll(/\r\n|[\n\r\u2028\u2029]/g), ({ index, 0: end }) => index + end.length),
  ];
  return tree && { tree, lines };
}
