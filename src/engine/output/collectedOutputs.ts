import { constants } from 'node:buffer';
import type { Output } from '../../protocol/output.js';
import { ExtSessionError } from '../errors.js';
import { sizeOf, type Display } from './keptDisplay.js';
import type { OutputAccount } from './outputBudget.js';
import type { OutputCursor } from './outputCursor.js';

/** The maximum size of a character in memory. */
const CHARACTER = 2;

/** All outputs of a command as one list. What it has read counts as memory of the account. */
export class CollectedOutputs {
  readonly #cursor: OutputCursor;
  readonly #account: OutputAccount;
  readonly #outputs: Output[] = [];
  #held = 0;

  constructor(cursor: OutputCursor, account: OutputAccount) {
    this.#cursor = cursor;
    this.#account = account;
  }

  /** @throws ExtSessionError with code OUTPUT_TOO_LARGE if adjacent text does not fit into one string. */
  read(): readonly Output[] {
    for (const output of this.#cursor.read()) this.#add(output);
    return this.#outputs;
  }

  /** Replaces the displays with the id of `display`. */
  replace(display: Display): void {
    this.#outputs.forEach((one, index) => {
      if (one.type === 'display_data' && one.displayId === display.displayId) this.#outputs[index] = display;
    });
  }

  /** All entries were removed. */
  clear(): void {
    this.#cursor.rewind();
    this.#outputs.length = 0;
    this.release();
  }

  /** Does not count any more. */
  release(): void {
    this.#hold(-this.#held);
  }

  #hold(bytes: number): void {
    this.#held += bytes;
    this.#account.hold(bytes);
  }

  #add(output: Output): void {
    const last = this.#outputs.at(-1);
    const size = output.type === 'display_data' ? sizeOf(output.data) : 0;
    this.#hold(output.type === 'stream' ? output.text.length * CHARACTER : size);
    if (output.type === 'stream' && last?.type === 'stream' && last.name === output.name) {
      if (last.text.length + output.text.length > constants.MAX_STRING_LENGTH) throw outputTooLarge(output.name);
      this.#outputs[this.#outputs.length - 1] = { ...last, text: last.text + output.text };
    } else {
      this.#outputs.push(output);
    }
  }
}

/** The output of a stream does not fit into one string or array. */
export function outputTooLarge(stream: string): ExtSessionError {
  return new ExtSessionError(
    'OUTPUT_TOO_LARGE',
    `${stream} is too large for one string. Read it as it arrives: use onDidReceiveOutput, or iterate over the results.`,
  );
}
