import { headingOf } from '../cells/cellHeading.js';
import type { Cell } from '../cells/cells.js';
import type { CellSource } from '../cells/cellSource.js';
import { readSource, type Source } from './pythonSource.js';

/** What begins a cell of several paragraphs. */
export const lightMarker = /^#\s*\+/;

const header = /^# ---\s*$/;
const preamble = /^#(?:!|.*\bcoding[:=])/;

/**
 * The cells of Jupytext's light format: paragraphs of code and of comments, which are Markdown, and what is between the
 * comments `# +` and `# -`. Blank lines within a statement, or before an indented line, end no paragraph.
 */
export function findLightCells(text: string, source: CellSource): Cell[] {
  const paragraphs = new Paragraphs(readSource(text), source);
  const cells: Cell[] = [];
  for (let line = paragraphs.first; line < source.lineCount;) {
    if (paragraphs.isBlank(line)) {
      line++;
      continue;
    }
    const marker = paragraphs.markerAt(line);
    const next = marker === undefined ? paragraphs.endOfParagraph(line) : paragraphs.endOfMarked(line, marker);
    cells.push(marker === undefined ? paragraphs.unmarked(line, next) : paragraphs.marked(line, marker));
    line = next;
  }
  return cells.map((cell, index) => ({ ...cell, endLine: (cells[index + 1]?.startLine ?? source.lineCount) - 1 }));
}

/** The lines of a cell without its markers, from one up to but not including another. */
export function lightContent(source: CellSource, { startLine, endLine }: Pick<Cell, 'startLine' | 'endLine'>) {
  const marker = lightMarker.exec(source.lineText(startLine)) ? source.lineText(startLine) : undefined;
  if (marker === undefined) return { startLine, endLine };
  const end = endMarker(marker);
  let last = endLine;
  while (last > startLine && source.lineText(last).trim() === '') last--;
  return { startLine: startLine + 1, endLine: end.test(source.lineText(last)) ? last - 1 : endLine };
}

/** The metadata can name another end, where `# -` is part of the cell. */
function endMarker(marker: string): RegExp {
  const [, end = '-'] = /\bendofcell"?\s*[=:]\s*"(-+)"/.exec(marker) ?? [];
  return new RegExp(String.raw`^#\s*${end}\s*$`);
}

class Paragraphs {
  readonly #source: CellSource;
  readonly #comments: ReadonlySet<number>;
  readonly #blank: readonly boolean[];
  /** Whether the next line with text, from each line on, is indented. */
  readonly #precedesIndented: boolean[] = [];
  /** Lines that continue a statement of the top level. */
  readonly #inside = new Set<number>();

  constructor({ lines, statements }: Source, source: CellSource) {
    this.#source = source;
    this.#comments = new Set(source.commentLines.filter((line) => source.lineText(line).startsWith('#')));
    this.#blank = lines.kinds.map((kind) => kind === 'blank');
    for (const { startLine, endLine } of statements)
      for (let line = startLine + 1; line <= endLine; line++) this.#inside.add(line);
    for (let line = source.lineCount - 1; line >= 0; line--)
      this.#precedesIndented[line] = this.isBlank(line)
        ? (this.#precedesIndented[line + 1] ?? false)
        : /^\s/.test(this.#text(line));
  }

  /** The line after what is no cell: the header of Jupytext, and what tells of the interpreter and the encoding. */
  get first(): number {
    let line = 0;
    while (this.#comments.has(line) && preamble.test(this.#text(line))) line++;
    if (!this.#comments.has(line) || !header.test(this.#text(line))) return line;
    for (let end = line + 1; this.#comments.has(end); end++) if (header.test(this.#text(end))) return end + 1;
    return line;
  }

  isBlank(line: number): boolean {
    return this.#blank[line] ?? true;
  }

  markerAt(line: number): string | undefined {
    const text = this.#comments.has(line) ? this.#text(line) : '';
    return lightMarker.test(text) ? text : undefined;
  }

  marked(line: number, text: string): Cell {
    const lead = lightMarker.exec(text)?.[0] ?? '';
    return {
      startLine: line,
      endLine: line,
      ...headingOf(this.#source, { line, text: lead, lead, rest: text.slice(lead.length) }),
    };
  }

  unmarked(line: number, next: number): Cell {
    const isText = Array.from({ length: next - line }, (_, index) => line + index).every((each) =>
      this.#comments.has(each),
    );
    return { startLine: line, endLine: line, kind: isText ? 'markdown' : 'code', title: '', isUnmarked: true };
  }

  /** The line after a cell that begins with a marker: after its end, at the next marker, or at the end of the text. */
  endOfMarked(start: number, marker: string): number {
    const end = endMarker(marker);
    for (let line = start + 1; line < this.#source.lineCount; line++) {
      if (!this.#comments.has(line)) continue;
      if (this.markerAt(line) !== undefined) return line;
      if (end.test(this.#text(line))) return line + 1;
    }
    return this.#source.lineCount;
  }

  endOfParagraph(start: number): number {
    for (let line = start + 1; line < this.#source.lineCount; line++) {
      if (this.markerAt(line) !== undefined) return line;
      if (this.isBlank(line) && !this.#inside.has(line) && !this.#precedesIndented[line]) return line;
    }
    return this.#source.lineCount;
  }

  #text(line: number): string {
    return this.#source.lineText(line);
  }
}
