interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly closes: boolean;
  /** From here on, the source goes to both programs, only to the early one, or only to the main one. */
  readonly goesTo?: Target;
}

type Target = 'main' | 'early' | 'both';

/** Text with replacements that do not move lines, and a mapping of columns of the new text to those of the old one. */
export class Edits {
  readonly #source: string;

  readonly #edits: Edit[] = [];
  #before = '';
  #after = '';

  constructor(source: string) {
    this.#source = source;
  }

  /** Inserts text before what starts at an offset; an outer piece opens before an inner one. */
  open(offset: number, text: string): void {
    this.#edits.push({ start: offset, end: offset, text, closes: false });
  }

  /** Inserts text after what ends at an offset; an inner piece closes before an outer one. */
  close(offset: number, text: string): void {
    this.#edits.push({ start: offset, end: offset, text, closes: true });
  }

  /** Line endings in the replaced text are kept. */
  replace(start: number, end: number, text: string): void {
    const lineEnds = this.#source.slice(start, end).replace(/[^\n]/g, '');
    this.#edits.push({ start, end, text: text + lineEnds, closes: false });
  }

  /** A function that is declared by a separate program before the rest; in the rest, nobody calls it. */
  runEarly(start: number, end: number): void {
    this.#edits.push({ start, end: start, text: '', closes: false, goesTo: 'early' });
    this.#edits.push({ start: end, end, text: '', closes: true, goesTo: 'main' });
  }

  /** A piece at the start of both programs. */
  runTwice(start: number, end: number): void {
    this.#edits.push({ start, end: start, text: '', closes: false, goesTo: 'both' });
    this.#edits.push({ start: end, end, text: '', closes: true, goesTo: 'main' });
  }

  /** Puts text around everything else. */
  wrap(before: string, after: string): void {
    this.#before = before;
    this.#after = after;
  }

  apply(): Rewritten {
    const sorted = this.#edits
      .map((edit, index) => ({ ...edit, index }))
      .sort((a, b) => a.start - b.start || Number(b.closes) - Number(a.closes) || a.index - b.index);
    const kept: Kept[] = [];
    const programs = new Programs(this.#before);
    let position = 0;
    for (const { start, end, text, goesTo } of sorted) {
      kept.push({ from: position, to: programs.length, length: start - position });
      programs.add(this.#source.slice(position, start));
      if (goesTo) programs.turnTo(goesTo);
      programs.add(text);
      position = Math.max(position, end);
    }
    kept.push({ from: position, to: programs.length, length: this.#source.length - position });
    programs.add(this.#source.slice(position) + this.#after);
    return new Rewritten(programs.main, programs.early, this.#source, kept);
  }
}

/**
 * The two programs. What is in both is at the same position in its line, so that both have the same columns.
 *
 * A debugger moves a breakpoint to the next code in each of them, so where the code of the other one is, each has a
 * function that is never called.
 */
class Programs {
  #early: string | undefined;
  #target: Target = 'main';
  /** Where the early program has nothing of its own up to its end. */
  #gap = 0;

  constructor(public main: string) {}

  get length(): number {
    return this.main.length;
  }

  get early(): string | undefined {
    return this.#early === undefined ? undefined : this.#withoutGap(this.#early);
  }

  turnTo(target: Target): void {
    if (this.#target === 'early') this.#add(');', '  ');
    this.#target = target;
    if (target === 'main') {
      this.#gap = this.#early?.length ?? 0;
      return;
    }
    this.#early ??= blank(this.main);
    if (target === 'both') return; // a directive, before which nothing may stand
    this.#early = this.#withoutGap(this.#early);
    this.#add(';(', '  ');
  }

  add(text: string): void {
    this.#add(text, this.#target === 'main' ? blank(text) : text);
  }

  #add(main: string, early: string): void {
    this.main += main;
    if (this.#early !== undefined) this.#early += early;
  }

  /** Ends before the last line of the gap, which the next piece may share. */
  #withoutGap(early: string): string {
    const end = early.lastIndexOf('\n');
    if (end < this.#gap) return early;
    return `${early.slice(0, this.#gap)};(()=>{${early.slice(this.#gap, end)}})${early.slice(end)}`;
  }
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

/** A piece of the old text that is unchanged in the new one. */
interface Kept {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

export class Rewritten {
  readonly #source: string;
  readonly #kept: readonly Kept[];

  constructor(
    readonly code: string,
    /** The code that runs first, at the same positions. */
    readonly earlyCode: string | undefined,
    source: string,
    kept: readonly Kept[],
  ) {
    this.#source = source;
    this.#kept = kept;
  }

  /** The position in the old text of a position in the new one. Lines and columns count from 0. */
  originalColumn(line: number, column: number): number {
    const offset = lineStart(this.code, line) + column;
    const piece = this.#kept.findLast(({ to }) => to <= offset) ?? { from: 0, to: 0, length: 0 };
    const original = piece.from + Math.min(offset - piece.to, piece.length);
    return Math.max(0, original - lineStart(this.#source, line));
  }
}

function lineStart(text: string, line: number): number {
  let start = 0;
  for (let count = 0; count < line; count++) start = text.indexOf('\n', start) + 1;
  return start;
}
