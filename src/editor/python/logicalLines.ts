import { lastIndex } from '../lastIndex.js';
import type { LineKind, LogicalLine } from './logicalLine.js';
import { LogicalLineReader } from './logicalLineReader.js';
import { magicLine } from './magicLines.js';
import { RecentTexts } from '../recentTexts.js';
import { measureIndent, splitAgain, splitPhysicalLines, type PhysicalLines } from './physicalLines.js';

export interface LogicalLines extends PhysicalLines {
  readonly kinds: readonly LineKind[];
  readonly logical: readonly LogicalLine[];
}

const recent = new RecentTexts<LogicalLines>();

/**
 * The logical lines of a text. Called for every question about a document, at each keystroke: recent texts are cached,
 * and only the changes of a new version are read.
 */
export function logicalLinesOf(text: string): LogicalLines {
  return recent.get(text, splitLogicalLines);
}

/**
 * Splits Python source into logical lines, in one pass and without a grammar: an error in one statement must not affect
 * where the others start, whereas a parser's recovery can consume half a file after an open bracket.
 *
 * Reads f-strings as Python 3.12 does (PEP 701), which also works for older source.
 *
 * @param earlier the result for another text; what both have in common is reused
 */
export function splitLogicalLines(text: string, earlier?: LogicalLines): LogicalLines {
  const physical = earlier ? splitAgain(earlier, text) : { ...splitPhysicalLines(text), unchanged: undefined };
  const { starts, ends, unchanged } = physical;
  const { logical, kinds } = unchanged && earlier ? beginningOf(earlier, unchanged.before) : { logical: [], kinds: [] };
  const reader = new LogicalLineReader(text, starts, ends, kinds);
  for (let line = kinds.length; line < starts.length;) {
    const indentation = measureIndent(text, starts[line] ?? 0, ends[line] ?? 0);
    const first = text.charAt(indentation.end);
    if (indentation.end >= (ends[line] ?? 0) || first === '#') {
      kinds[line] = first === '#' ? 'comment' : 'blank';
      line++;
      continue;
    }
    const rest = unchanged && earlier && line >= unchanged.after ? restOf(earlier, line, unchanged.shift) : undefined;
    if (rest) return { text, starts, ends, kinds: [...kinds, ...rest.kinds], logical: [...logical, ...rest.logical] };
    const magic = magicLine(physical, line);
    if (magic) setKinds(kinds, magic);
    const read = magic ?? reader.read(line, indentation);
    logical.push(read);
    line = read.endLine + 1;
    // The lines between a broken statement and the next line of code are read again.
    kinds.length = line;
  }
  return { text, starts, ends, kinds, logical };
}

/** What follows a magic's first line is no Python: it is left as it is. */
function setKinds(kinds: LineKind[], { startLine, endLine }: LogicalLine): void {
  kinds[startLine] = 'code';
  for (let line = startLine + 1; line <= endLine; line++) kinds[line] = 'string';
}

/** What was read without looking at `line` or any line after it. */
function beginningOf({ logical, kinds }: LogicalLines, line: number): { logical: LogicalLine[]; kinds: LineKind[] } {
  const end = logical.findIndex(({ lookedAt }) => lookedAt >= line);
  const kept = logical.slice(0, end < 0 ? undefined : end);
  return { logical: kept, kinds: kinds.slice(0, (kept.at(-1)?.endLine ?? -1) + 1) };
}

/** What follows from the start of a statement of the earlier text, which was `shift` lines higher. */
function restOf({ logical, kinds }: LogicalLines, line: number, shift: number) {
  const index = lastIndex(logical, ({ startLine }) => startLine <= line - shift);
  if (logical[index]?.startLine !== line - shift) return undefined;
  const rest = logical.slice(index);
  return { kinds: kinds.slice(line - shift), logical: shift === 0 ? rest : rest.map((each) => moved(each, shift)) };
}

function moved(line: LogicalLine, shift: number): LogicalLine {
  const { startLine, endLine, lookedAt, indent, word, opensBlock } = line;
  return {
    startLine: startLine + shift,
    endLine: endLine + shift,
    lookedAt: lookedAt + shift,
    indent,
    word,
    opensBlock,
  };
}
