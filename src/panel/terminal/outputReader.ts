import type { TextStyle } from '../../protocol/panelEntries.js';
import { AnsiParser, type AnsiSink } from './ansiParser.js';
import { UnfinishedLine } from './unfinishedLine.js';
import { MOST_ROWS_BELOW } from './textScreen.js';
import { stripEscapes } from './stripEscapes.js';

/**
 * The position of text in the document of all output, which has no escape sequences, and where a carriage return also
 * ends a line.
 */
export interface Source {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** A line as it reads once everything is written. */
export interface ReadLine {
  /** Counted from the first line since the last end. */
  readonly index: number;
  readonly text: string;
  /** Whether the line was cut off because it is too long. */
  readonly isCut: boolean;
  /** The position of what wrote the line last. */
  readonly source: Source;
}

interface Row {
  /** An editable line if the cursor was on this row, or the text of a line that was never overwritten. */
  text: UnfinishedLine | string;
  source: Source;
}

/** Longer lines are cut off here, since the time of some regular expressions is quadratic in the length of a line. */
const LONGEST_READ = 100_000;
const lineEnd = /\r\n|[\r\n]/g;
// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const control = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;
const plain: TextStyle = Object.freeze({});

/** Reads all terminal text as the panel shows it, and knows the position of each line in the document of all output. */
export class OutputReader implements AnsiSink {
  #parser = new AnsiParser();
  /** A line of the document that is not complete yet. */
  #rest = '';
  #source: Source = { text: '', line: 0, column: 0 };
  #line = 0;
  #column = 0;
  /** The rows that the cursor can still reach, and those that have not been returned yet. */
  #rows: Row[] = [];
  #first = 0;
  #row = 0;
  #lowest = 0;

  /** Reads more text, and returns the lines that cannot be overwritten any more. */
  write(text: string): ReadLine[] {
    const all = this.#rest + text;
    let from = 0;
    for (const { 0: end, index } of all.matchAll(lineEnd)) {
      if (end === '\r' && index === all.length - 1) break; // a line feed may follow
      this.#read(all.slice(from, index), end);
      from = index + end.length;
    }
    this.#rest = all.slice(from);
    if (this.#rest.length > LONGEST_READ && !this.#rest.endsWith('\r')) this.#readRest();
    return this.#taken(this.#rows.length - MOST_ROWS_BELOW - 1);
  }

  /** Ends the current text, which continues in the document, and returns the remaining lines. */
  end(): ReadLine[] {
    this.#readRest();
    const lines = this.#taken(this.#rows.length);
    this.#parser = new AnsiParser();
    this.#first = this.#row = this.#lowest = 0;
    return lines;
  }

  text(text: string): void {
    const row = this.#current();
    if (text.trim() !== '') row.source = this.#source;
    this.#open(row).write(text, plain);
  }

  newLine(): void {
    this.#current();
    this.#row += 1;
    this.#lowest = Math.max(this.#lowest, this.#row);
    this.carriageReturn();
  }

  carriageReturn(): void {
    this.#here()?.carriageReturn();
  }

  backspace(): void {
    this.#here()?.backspace();
  }

  eraseLine(mode: number): void {
    this.#here()?.erase(mode);
  }

  eraseBelow(): void {
    if (this.#row === this.#rows.length) return;
    this.eraseLine(0);
    const isEndEmpty = this.#lowest === this.#rows.length;
    this.#rows.length = this.#row + 1;
    this.#lowest = this.#row + (isEndEmpty ? 1 : 0);
  }

  moveLines(count: number): void {
    const column = this.#here()?.column ?? 0;
    const highest = Math.max(0, this.#lowest - MOST_ROWS_BELOW);
    this.#row = Math.min(this.#lowest, Math.max(highest, this.#row + count));
    this.#here()?.moveTo(column);
  }

  #read(text: string, end: string): void {
    const source = { text: text.slice(0, LONGEST_READ), line: this.#line, column: this.#column };
    const isNew = this.#row === this.#rows.length && end !== '' && end !== '\r';
    if (isNew && text.length <= LONGEST_READ && this.#parser.inPlainText && !control.test(text)) {
      this.#rows.push({ text, source });
      this.#lowest = this.#row = this.#rows.length;
    } else {
      this.#source = source;
      this.#parser.write(text + end, this);
    }
    this.#line += end === '' ? 0 : 1;
    this.#column = end === '' ? this.#column + stripEscapes(text).length : 0;
  }

  #readRest(): void {
    const rest = this.#rest;
    this.#rest = '';
    if (rest.endsWith('\r')) this.#read(rest.slice(0, -1), '\r');
    else if (rest !== '') this.#read(rest, '');
  }

  #taken(count: number): ReadLine[] {
    if (count <= 0) return [];
    const first = this.#first;
    this.#first += count;
    this.#row -= count;
    this.#lowest -= count;
    return this.#rows.splice(0, count).map(({ text, source }, index) => ({
      index: first + index,
      text: typeof text === 'string' ? text : text.text,
      isCut: typeof text !== 'string' && text.isCut,
      source,
    }));
  }

  #current(): Row {
    let row = this.#rows[this.#row];
    if (!row) this.#rows.push((row = { text: new UnfinishedLine(LONGEST_READ), source: this.#source }));
    return row;
  }

  #open(row: Row): UnfinishedLine {
    if (typeof row.text !== 'string') return row.text;
    const open = new UnfinishedLine(LONGEST_READ);
    open.write(row.text, plain);
    return (row.text = open);
  }

  /** The line under the cursor; none if the cursor is on the end. */
  #here(): UnfinishedLine | undefined {
    const row = this.#rows[this.#row];
    return row && this.#open(row);
  }
}
