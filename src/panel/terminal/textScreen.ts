import type { Line, TextBlock, TextStyle } from '../../protocol/panelEntries.js';
import { AnsiParser, type AnsiSink } from './ansiParser.js';
import { sizeOf } from './lengthOf.js';
import { UnfinishedLine } from './unfinishedLine.js';

export interface TextBounds {
  readonly headLines: number;
  readonly headCharacters: number;
  readonly tailLines: number;
  readonly tailCharacters: number;
}

const defaultTextBounds: TextBounds = {
  headLines: 100,
  headCharacters: 100_000,
  tailLines: 400,
  tailCharacters: 100_000,
};

// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const control = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;

/** How far up the cursor can go: as in a tall terminal. */
export const MOST_ROWS_BELOW = 100;

/** The lines from a position on, for anyone who has those before it. */
export interface TextSince {
  readonly total: number;
  readonly head?: { readonly from: number; readonly lines: readonly Line[] };
  readonly tail?: { readonly from: number; readonly first: number; readonly lines: readonly Line[] };
}

/** Terminal text as lines. The first and the last lines are kept; those in between are counted. */
export class TextScreen implements AnsiSink {
  readonly #bounds: TextBounds;
  readonly #head: Line[] = [];
  #tail: Line[] = [];
  #headCharacters = 0;
  #tailCharacters = 0;
  /** The number of complete lines. */
  #complete = 0;
  #open: UnfinishedLine | undefined;
  /** The lines below the cursor, last one first, after it has moved up. In that case, there is an open line. */
  #below: Line[] = [];
  #belowCharacters = 0;
  /** Whether the cursor moved up from an empty last line, to which it can return. */
  #endIsEmpty = false;
  /** The end of a flood, as many lines as a tail has, which are only made when somebody asks for them. */
  #flood = '';
  /** The first line that a chunk changes. */
  #changedFrom = 0;

  constructor(bounds: TextBounds = defaultTextBounds) {
    this.#bounds = bounds;
  }

  /** The size of what is kept, in characters. */
  get characters(): number {
    const lines = this.#headCharacters + this.#tailCharacters + this.#belowCharacters;
    return lines + this.#flood.length + (this.#open?.characters ?? 0);
  }

  get total(): number {
    this.#makeFlood();
    return this.#complete + (this.#open ? 1 : 0) + this.#below.length;
  }

  /** Writes a chunk, and returns the first line, counted from the start of the text, that has changed. */
  write(chunk: string, parser: AnsiParser): number {
    this.#changedFrom = this.#complete + this.#floodLines;
    const rest = parser.inPlainText && !control.test(chunk) ? this.#flooded(chunk) : 0;
    if (rest > 0) this.#flood = copyOf(chunk.slice(rest));
    else {
      this.#makeFlood();
      parser.write(chunk, this);
    }
    return this.#changedFrom;
  }

  block(): TextBlock {
    this.#makeFlood();
    this.#trim();
    const open = this.#open ? [this.#open.line()] : [];
    const rest = [...this.#tail, ...open, ...this.#below.toReversed()];
    const head = [
      ...this.#head,
      ...(this.#isHeadFull ? [] : rest.splice(0, this.#bounds.headLines - this.#head.length)),
    ];
    return { head, tail: rest, total: this.total };
  }

  /** What is missing for anyone who has all lines before `from`. */
  since(from: number): TextSince {
    const block = this.block();
    const first = block.total - block.tail.length;
    const tailFrom = Math.max(from, first);
    return {
      total: block.total,
      ...(from < block.head.length ? { head: { from, lines: block.head.slice(from) } } : {}),
      ...(block.tail.length > 0 ? { tail: { from: tailFrom, first, lines: block.tail.slice(tailFrom - first) } } : {}),
    };
  }

  text(text: string, style: TextStyle): void {
    this.#open ??= new UnfinishedLine();
    this.#open.write(text, style);
  }

  newLine(): void {
    const line = this.#open?.line() ?? '';
    const characters = sizeOf(line);
    this.#complete += 1;
    if (this.#below.length === 0) this.#endIsEmpty = false;
    this.#open = this.#takeBelow();
    if (!this.#isHeadFull) {
      this.#head.push(line);
      this.#headCharacters += characters;
    } else {
      this.#tail.push(line);
      this.#tailCharacters += characters;
      // Dropped in batches: shifting an array for each line would cost more than the lines themselves.
      if (this.#tail.length >= 2 * this.#bounds.tailLines || this.#tailCharacters >= 2 * this.#bounds.tailCharacters)
        this.#trim();
    }
  }

  carriageReturn(): void {
    this.#open?.carriageReturn();
  }

  backspace(): void {
    this.#open?.backspace();
  }

  eraseLine(mode: number): void {
    this.#open?.erase(mode);
  }

  eraseBelow(): void {
    this.#open?.erase(0);
    this.#below = [];
    this.#belowCharacters = 0;
  }

  moveLines(count: number): void {
    for (let left = count; left < 0 && this.#up(); left++);
    for (let left = count; left > 0 && (this.#below.length > 0 || this.#endIsEmpty); left--) {
      const column = this.#open?.column ?? 0;
      this.newLine();
      this.#open?.moveTo(column);
    }
  }

  /** Makes the line above the open one again; false if it is no longer kept. */
  #up(): boolean {
    const isHeadWhole = this.#complete === this.#head.length;
    if (this.#below.length >= MOST_ROWS_BELOW || (this.#tail.length === 0 && !isHeadWhole)) return false;
    const line = this.#tail.length > 0 ? this.#tail.pop() : this.#head.pop();
    if (line === undefined) return false;
    if (isHeadWhole) this.#headCharacters -= sizeOf(line);
    else this.#tailCharacters -= sizeOf(line);
    if (this.#open) {
      const below = this.#open.line();
      this.#below.push(below);
      this.#belowCharacters += sizeOf(below);
    } else {
      this.#endIsEmpty = true;
    }
    this.#open = UnfinishedLine.of(line, this.#open?.column ?? 0);
    this.#complete -= 1;
    this.#changedFrom = Math.min(this.#changedFrom, this.#complete);
    return true;
  }

  get #floodLines(): number {
    return this.#flood === '' ? 0 : this.#bounds.tailLines;
  }

  /** It is plain text, in which a new parser is right. */
  #makeFlood(): void {
    const flood = this.#flood;
    this.#flood = '';
    if (flood !== '') new AnsiParser().write(flood, this);
  }

  get #isHeadFull(): boolean {
    return this.#head.length >= this.#bounds.headLines || this.#headCharacters >= this.#bounds.headCharacters;
  }

  /** The line below the cursor, to be overwritten. */
  #takeBelow(): UnfinishedLine | undefined {
    const line = this.#below.pop();
    if (line === undefined) return undefined;
    this.#belowCharacters -= sizeOf(line);
    return UnfinishedLine.of(line, 0);
  }

  #trim(): void {
    if (this.#tail.length <= this.#bounds.tailLines && this.#tailCharacters <= this.#bounds.tailCharacters) return;
    let keep = 0;
    let characters = 0;
    while (keep < Math.min(this.#tail.length, this.#bounds.tailLines)) {
      characters += sizeOf(this.#tail[this.#tail.length - 1 - keep] ?? '');
      if (characters > this.#bounds.tailCharacters) break;
      keep += 1;
    }
    this.#tail = keep === 0 ? [] : this.#tail.slice(-keep);
    this.#tailCharacters = this.#tail.reduce((sum, line) => sum + sizeOf(line), 0);
  }

  /**
   * In a long chunk of plain lines, only the last ones will be kept: counts the others, and returns where the kept ones
   * begin.
   */
  #flooded(chunk: string): number {
    if (!this.#isHeadFull || this.#below.length > 0 || chunk.length < 4096) return 0;
    let start = chunk.length;
    for (let lines = 0; lines <= this.#bounds.tailLines; lines++) {
      start = start === 0 ? -1 : chunk.lastIndexOf('\n', start - 1);
      if (start < 0) return 0;
    }
    const firstEnd = chunk.indexOf('\n');
    if (firstEnd < 0 || firstEnd >= start) return 0;
    this.#complete += this.#floodLines;
    // The first line of the chunk completes the open line, which is dropped like the lines after it.
    for (let end = firstEnd; end >= 0 && end <= start; end = chunk.indexOf('\n', end + 1)) this.#complete += 1;
    this.#open = undefined;
    this.#tail = [];
    this.#tailCharacters = 0;
    return start + 1;
  }
}

/** Does not keep the text that it is a part of in memory. */
function copyOf(part: string): string {
  return Buffer.from(part, 'utf16le').toString('utf16le');
}
