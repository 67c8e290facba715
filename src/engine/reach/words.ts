import type { Readable } from 'node:stream';
import { within } from '../deadline.js';

const MOST = 1 << 16;
/** After the end of the program, for what it wrote before that. */
const LAST_WORDS_MS = 200;
/** Of an interactive Python. */
const prompts = /^(>>> |\.\.\. )+/gm;

/** The last of what a program writes to its standard error. */
export class Words {
  #bytes: Buffer = Buffer.alloc(0);
  readonly #closed: Promise<void>;

  constructor(stream: Readable) {
    stream.on('data', (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      if (this.#bytes.length > MOST) this.#bytes = this.#bytes.subarray(-MOST);
    });
    this.#closed = new Promise((resolve) => {
      stream.once('close', resolve);
    });
  }

  /** Settles soon after the program has ended, when its last words have been read. */
  get ended(): Promise<unknown> {
    return within(LAST_WORDS_MS, this.#closed);
  }

  get text(): string {
    return this.#bytes.toString().replace(prompts, '').trim();
  }
}
