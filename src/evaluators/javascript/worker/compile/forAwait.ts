import { type ForOfStatement, tokenizer } from 'acorn';
import type { Edits } from './edits.js';

interface Names {
  /** The object with the functions that a command's generator may call. */
  readonly tools: string;
  /** A name that does not occur in the source. */
  readonly loop: string;
  /** What the loop assigns to, as in the source, without a `var`. */
  readonly target: string;
}

/**
 * Turns `for await (const x of y) body` into a loop that yields each of its waits to the worker: `{const loop =
 * tools.iterate(y); try {while (yield loop.step()) for (const x of loop.one()) body} …}`. The inner loop runs once; how
 * it is left determines whether the outer one continues.
 */
export function rewriteForAwait(edits: Edits, source: string, node: ForOfStatement, names: Names): void {
  const { tools, loop, target } = names;
  const afterLeft = source.slice(node.left.end);
  const { end: ofEnd } = tokenizer(afterLeft, { ecmaVersion: 'latest' }).getToken();
  edits.replace(node.start, node.left.end + ofEnd, `{const ${loop}=${tools}.iterate(`);
  edits.open(node.body.start, `;try{while(yield ${loop}.step())${loop}_:for(${target} of ${loop}.one())`);
}

/** Called when the parts of the loop have their edits. */
export function closeForAwait(edits: Edits, node: ForOfStatement, loop: string): void {
  edits.close(node.end, `}catch(error){throw ${loop}.failed(error)}finally{yield ${loop}.close()}}`);
}

/** A running `for await`. */
export class Iteration {
  readonly #iterator: AsyncGenerator;
  #value: unknown;
  readonly #ended: () => void;

  #isLeft = false;
  #hasFailed = false;

  /** `ended` is called when the loop closes. Throws TypeError if the value is not iterable. */
  constructor(iterable: unknown, ended: () => void) {
    this.#ended = ended;
    const { [Symbol.asyncIterator]: isAsync, [Symbol.iterator]: isSync } = Object(iterable) as {
      [Symbol.asyncIterator]?: unknown;
      [Symbol.iterator]?: unknown;
    };
    if (typeof (isAsync ?? isSync) !== 'function') throw new TypeError('The object of `for await` is not iterable.');
    this.#iterator = elements(iterable as AsyncIterable<unknown>);
  }

  /** Whether there is a next element, when it has arrived. */
  async step(): Promise<boolean> {
    if (this.#isLeft) return false;
    const next = await this.#iterator.next();
    this.#value = next.value as unknown;
    return !next.done;
  }

  /** The element, for a loop that calls `return` if it is left before its end. */
  one(): Iterable<unknown> {
    const value = this.#value;
    let isDone = false;
    const iterator: Iterator<unknown> = {
      next: () => {
        if (isDone) return { done: true, value: undefined };
        isDone = true;
        return { done: false, value };
      },
      return: () => {
        this.#isLeft = true;
        return { done: true, value: undefined };
      },
    };
    return { [Symbol.iterator]: () => iterator };
  }

  failed(error: unknown): unknown {
    this.#hasFailed = true;
    return error;
  }

  /**
   * Ends the iterator if it has not ended by itself. An error of the loop takes precedence over one of the iterator's
   * end.
   */
  async close(): Promise<void> {
    this.#ended();
    try {
      await this.#iterator.return(undefined);
    } catch (error) {
      if (!this.#hasFailed) throw error;
    }
  }
}

async function* elements(iterable: AsyncIterable<unknown>): AsyncGenerator {
  yield* iterable;
}
