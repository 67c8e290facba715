/** Whole lines, from one up to but not including another, that are replaced by others. Lines count from 0. */
export interface LineChange {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** What a command does to the cells of a text, as one step. */
export interface CellEdit {
  /** In the order of the text, without overlaps. */
  readonly changes: readonly LineChange[];
  /** Where the cursor is afterwards; where the text takes it, if absent. */
  readonly cursor?: TextPosition;
}

export interface TextReplacement {
  readonly start: TextPosition;
  readonly end: TextPosition;
  readonly text: string;
}

export function insertion(line: number, lines: readonly string[]): LineChange {
  return { from: line, to: line, lines };
}

export function deletion(from: number, to: number): LineChange {
  return { from, to, lines: [] };
}

/** The change of a text's lines as a change of its characters. */
export function replacementOf({ from, to, lines: added }: LineChange, lines: readonly string[]): TextReplacement {
  const isAtEnd = to >= lines.length;
  const isWhole = added.length > 0 && to > from;
  if (isWhole) return { start: at(from), end: endOf(to - 1), text: added.join('\n') };
  if (!isAtEnd) return { start: at(from), end: at(to), text: added.map((line) => `${line}\n`).join('') };
  const start = from > 0 ? endOf(from - 1) : at(0);
  return { start, end: endOf(lines.length - 1), text: added.map((line) => `\n${line}`).join('') };

  function endOf(line: number): TextPosition {
    return { line, character: lines[line]?.length ?? 0 };
  }
}

function at(line: number): TextPosition {
  return { line, character: 0 };
}
