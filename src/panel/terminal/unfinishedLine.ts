import type { Line, Run, TextStyle } from '../../protocol/panelEntries.js';

interface Piece {
  text: string;
  readonly style: TextStyle;
}

const plain: TextStyle = Object.freeze({});

/** Longer lines are cut off here: nobody reads that far, and a line of 50 MB must not block the panel. */
export const LONGEST_LINE = 2000;

/** The last line of a text while it is written: a cursor, and text that can be overwritten. */
export class UnfinishedLine {
  readonly #longest: number;

  #pieces: Piece[] = [];
  #length = 0;
  #column = 0;
  #cut = 0;

  constructor(longest = LONGEST_LINE) {
    this.#longest = longest;
  }

  /** A complete line that is to be overwritten from a column on. */
  static of(line: Line, column: number): UnfinishedLine {
    const open = new UnfinishedLine();
    const runs = typeof line === 'string' ? [line] : line.runs;
    for (const run of runs)
      if (typeof run === 'string') open.#append(run, plain);
      else open.#append(...run);
    open.#cut = typeof line === 'string' ? 0 : (line.cut ?? 0);
    open.#column = column;
    return open;
  }

  get column(): number {
    return this.#column;
  }

  get characters(): number {
    return this.#length;
  }

  get text(): string {
    return this.#pieces.map(({ text }) => text).join('');
  }

  /** Whether more was written than is kept. */
  get isCut(): boolean {
    return this.#cut > 0;
  }

  write(text: string, style: TextStyle): void {
    // The cursor can be beyond the end of the text.
    const gap = Math.min(this.#column, this.#longest) - this.#length;
    if (gap > 0) this.#append(' '.repeat(gap), plain);
    const kept = text.slice(0, Math.max(0, this.#longest - this.#column));
    if (kept !== '') {
      if (this.#column < this.#length) this.#replace(kept, style);
      else this.#append(kept, style);
    }
    this.#column += text.length;
    this.#cut = Math.max(this.#cut, this.#column - this.#longest);
  }

  carriageReturn(): void {
    this.#column = 0;
  }

  moveTo(column: number): void {
    this.#column = column;
  }

  backspace(): void {
    this.#column = Math.max(0, this.#column - 1);
  }

  erase(mode: number): void {
    const from = mode === 0 ? Math.min(this.#column, this.#length) : 0;
    const to = mode === 1 ? Math.min(this.#column, this.#length) : this.#length;
    const after = this.#slice(to, this.#length);
    this.#pieces = this.#slice(0, from);
    if (mode === 1) this.#pieces.push({ text: ' '.repeat(to), style: plain });
    this.#pieces.push(...after);
    this.#measure();
    if (mode !== 1) this.#cut = 0;
  }

  /** The current state of the line. */
  line(): Line {
    const runs = this.#pieces.map(({ text, style }): Run => (Object.keys(style).length === 0 ? text : [text, style]));
    const [first] = runs;
    if (this.#cut > 0) return { runs, cut: this.#cut };
    if (runs.length === 0) return '';
    return runs.length === 1 && typeof first === 'string' ? first : { runs };
  }

  #append(text: string, style: TextStyle): void {
    const last = this.#pieces.at(-1);
    if (last && sameStyle(last.style, style)) last.text += text;
    else this.#pieces.push({ text, style });
    this.#length += text.length;
  }

  #replace(text: string, style: TextStyle): void {
    const end = this.#column + text.length;
    const after = this.#slice(end, this.#length);
    this.#pieces = this.#slice(0, this.#column);
    this.#measure();
    for (const piece of [{ text, style }, ...after]) this.#append(piece.text, piece.style);
  }

  #slice(from: number, to: number): Piece[] {
    const pieces: Piece[] = [];
    let start = 0;
    for (const { text, style } of this.#pieces) {
      const part = text.slice(Math.max(0, from - start), Math.max(0, to - start));
      if (part !== '') pieces.push({ text: part, style });
      start += text.length;
    }
    return pieces;
  }

  #measure(): void {
    this.#length = this.#pieces.reduce((sum, piece) => sum + piece.text.length, 0);
  }
}

function sameStyle(one: TextStyle, other: TextStyle): boolean {
  if (one === other) return true;
  const names = Object.keys(one) as (keyof TextStyle)[];
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
