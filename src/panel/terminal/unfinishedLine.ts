import type { Line, Run, TextStyle } from '../../protocol/panelEntries.js';
import { lengthOf } from './lengthOf.js';
import { appendPiece, LineCells, type Piece } from './lineCells.js';

const plain: TextStyle = Object.freeze({});

/** Longer lines are cut off here: nobody reads that far, and a line of 50 MB must not block the panel. */
export const LONGEST_LINE = 2000;

/** The last line of a text while it is written: a cursor, and text that can be overwritten. */
export class UnfinishedLine {
  readonly #longest: number;

  /**
   * The line that the cursor came back to, until it is written to: a program can move over its lines again and again.
   */
  #untouched: Line | undefined;
  #pieces: Piece[] = [];
  /** Replaces the pieces once a part of them is overwritten. */
  #cells: LineCells | undefined;
  #length = 0;
  #column = 0;
  #cut = 0;

  constructor(longest = LONGEST_LINE) {
    this.#longest = longest;
  }

  /** A complete line that is to be overwritten from a column on. */
  static of(line: Line, column: number): UnfinishedLine {
    const open = new UnfinishedLine();
    open.#untouched = line;
    open.#length = lengthOf(line);
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
    return this.#whole.map(({ text }) => text).join('');
  }

  /** Whether more was written than is kept. */
  get isCut(): boolean {
    return this.#cut > 0;
  }

  write(text: string, style: TextStyle): void {
    this.#touch();
    // The cursor can be beyond the end of the text.
    const gap = Math.min(this.#column, this.#longest) - this.#length;
    if (gap > 0) this.#append(' '.repeat(gap), plain);
    const kept = text.slice(0, Math.max(0, this.#longest - this.#column));
    if (this.#column === 0 && kept.length >= this.#length) this.#clear();
    if (kept !== '') {
      if (this.#column < this.#length) this.#replace(this.#column, kept, style);
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
    this.#touch();
    const at = Math.min(this.#column, this.#length);
    if (mode === 1) this.#replace(0, ' '.repeat(at), plain);
    else if (mode === 0 && at > 0) this.#truncate(at);
    else this.#clear();
    if (mode !== 1) this.#cut = 0;
  }

  /** The current state of the line. */
  line(): Line {
    if (this.#untouched !== undefined) return this.#untouched;
    const runs = this.#whole.map(({ text, style }): Run => (Object.keys(style).length === 0 ? text : [text, style]));
    const [first] = runs;
    if (this.#cut > 0) return { runs, cut: this.#cut };
    if (runs.length === 0) return '';
    return runs.length === 1 && typeof first === 'string' ? first : { runs };
  }

  get #whole(): Piece[] {
    if (this.#untouched !== undefined) return piecesOf(this.#untouched);
    return this.#cells?.pieces() ?? this.#pieces;
  }

  #touch(): void {
    if (this.#untouched === undefined) return;
    this.#pieces = piecesOf(this.#untouched);
    this.#untouched = undefined;
  }

  #clear(): void {
    this.#pieces = [];
    this.#cells = undefined;
    this.#length = 0;
  }

  #append(text: string, style: TextStyle): void {
    if (this.#cells) this.#cells.write(this.#length, text, style);
    else appendPiece(this.#pieces, text, style);
    this.#length += text.length;
  }

  #replace(column: number, text: string, style: TextStyle): void {
    this.#cells ??= new LineCells(this.#pieces);
    this.#cells.write(column, text, style);
    this.#length = Math.max(this.#length, column + text.length);
  }

  #truncate(length: number): void {
    this.#cells ??= new LineCells(this.#pieces);
    this.#cells.truncate(length);
    this.#length = length;
  }
}

function piecesOf(line: Line): Piece[] {
  if (line === '') return [];
  const runs = typeof line === 'string' ? [line] : line.runs;
  return runs.map((run) => (typeof run === 'string' ? { text: run, style: plain } : { text: run[0], style: run[1] }));
}
