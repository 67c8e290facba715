/** A line of the far end that begins with the nonce. */
export interface FarReport {
  readonly word: string;
  readonly text: string;
}

/** What others may print before the far end is there: banners, and what start-up files say. */
const MOST_NOISE = 1 << 20;

/** Finds the reports of the far end among what else is printed there. */
export class FarReports {
  readonly #nonce: Buffer;
  #rest: Buffer = Buffer.alloc(0);

  constructor(nonce: string) {
    this.#nonce = Buffer.from(nonce);
  }

  /** What has arrived after the last report. */
  get rest(): Buffer {
    return this.#rest;
  }

  /** @throws RangeError if too much else has arrived. */
  push(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    if (this.#rest.length > MOST_NOISE) throw new RangeError('It printed too much else.');
  }

  next(): FarReport | undefined {
    const at = this.#rest.indexOf(this.#nonce);
    const end = at < 0 ? -1 : this.#rest.indexOf('\n', at);
    if (end < 0) return undefined;
    const line = this.#rest.toString('utf8', at + this.#nonce.length + 1, end).trimEnd();
    this.#rest = this.#rest.subarray(end + 1);
    const [word = ''] = line.split(' ', 1);
    return { word, text: line.slice(word.length + 1) };
  }
}
