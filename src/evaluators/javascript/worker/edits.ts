interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly closes: boolean;
}

/** Text with replacements that keep every line where it is, and the way back from a column of the new to one of the old. */
export class Edits {
  private readonly edits: Edit[] = [];
  private before = '';
  private after = '';

  constructor(private readonly source: string) {}

  /** Puts text before what begins at an offset; an outer piece opens before an inner one. */
  open(offset: number, text: string): void {
    this.edits.push({ start: offset, end: offset, text, closes: false });
  }

  /** Puts text after what ends at an offset; an inner piece closes before an outer one. */
  close(offset: number, text: string): void {
    this.edits.push({ start: offset, end: offset, text, closes: true });
  }

  /** Line ends in what is replaced stay. */
  replace(start: number, end: number, text: string): void {
    const lineEnds = this.source.slice(start, end).replace(/[^\n]/g, '');
    this.edits.push({ start, end, text: text + lineEnds, closes: false });
  }

  /** Puts text around everything else. */
  wrap(before: string, after: string): void {
    this.before = before;
    this.after = after;
  }

  apply(): Rewritten {
    const sorted = this.edits
      .map((edit, index) => ({ ...edit, index }))
      .sort((a, b) => a.start - b.start || Number(b.closes) - Number(a.closes) || a.index - b.index);
    const kept: Kept[] = [];
    let code = this.before;
    let position = 0;
    for (const { start, end, text } of sorted) {
      kept.push({ from: position, to: code.length, length: start - position });
      code += this.source.slice(position, start) + text;
      position = Math.max(position, end);
    }
    kept.push({ from: position, to: code.length, length: this.source.length - position });
    return new Rewritten(code + this.source.slice(position) + this.after, this.source, kept);
  }
}

/** A piece of the old text that stands unchanged in the new. */
interface Kept {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

export class Rewritten {
  constructor(
    readonly code: string,
    private readonly source: string,
    private readonly kept: readonly Kept[],
  ) {}

  /** Where a place of the new text was in the old one. Lines and columns count from 0. */
  originalColumn(line: number, column: number): number {
    const offset = lineStart(this.code, line) + column;
    const piece = this.kept.findLast(({ to }) => to <= offset) ?? { from: 0, to: 0, length: 0 };
    const original = piece.from + Math.min(offset - piece.to, piece.length);
    return Math.max(0, original - lineStart(this.source, line));
  }
}

function lineStart(text: string, line: number): number {
  let start = 0;
  for (let count = 0; count < line; count++) start = text.indexOf('\n', start) + 1;
  return start;
}
