import type { Output } from '../../protocol/output.js';
import type { OutputAccount } from './outputBudget.js';
import type { SpoolFile } from './spoolFile.js';

export type Display = Extract<Output, { type: 'display_data' }>;

/** Smaller displays stay in memory, and do not count. */
const SMALLEST = 16 << 10;

/** A display in memory, or on disk as JSON, which is how it came. */
export class KeptDisplay {
  readonly #account: OutputAccount;
  readonly displayId: string | undefined;
  /** In memory, as far as it counts. */
  #held: number;
  #display: Display | undefined;
  #piece: { readonly file: SpoolFile; readonly offset: number; readonly length: number } | undefined;

  constructor(display: Display, account: OutputAccount) {
    this.#account = account;
    this.#display = display;
    this.displayId = display.displayId;
    const size = sizeOf(display.data);
    this.#held = size < SMALLEST ? 0 : size;
    account.hold(this.#held);
  }

  /** @throws ExtSessionError with code OUTPUT_LOST if it cannot be read from disk. */
  get output(): Display {
    if (this.#display) return this.#display;
    if (!this.#piece) throw new TypeError('A display is either in memory or on disk.');
    const { file, offset, length } = this.#piece;
    return JSON.parse(file.read(offset, length).toString()) as Display;
  }

  /** Moves it to disk. @throws the error of the operating system. */
  spill(): void {
    if (!this.#display || this.#held === 0) return;
    const bytes = jsonOf(this.#display);
    if (!bytes) {
      this.forget(); // it cannot be moved
      return;
    }
    this.#piece = { ...this.#account.write(bytes), length: bytes.length };
    this.#display = undefined;
    this.forget();
  }

  /** Does not count any more, because it is not part of the results any more. */
  forget(): void {
    this.#account.hold(-this.#held);
    this.#held = 0;
  }
}

/** Undefined if it is nested too deeply to be written. */
function jsonOf(display: Display): Buffer | undefined {
  try {
    return Buffer.from(JSON.stringify(display));
  } catch {
    return undefined;
  }
}

/** The approximate size of data in memory, in bytes. */
export function sizeOf(data: unknown): number {
  let size = 0;
  const rest = [data];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === 'string') size += value.length;
    else size += 8;
    if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) rest.push(one);
  }
  return size;
}
