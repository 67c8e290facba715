import type { LogicalLine } from './logicalLine.js';
import { measureIndent, type PhysicalLines } from './physicalLines.js';
import { usualPythonMarker } from './usualMarker.js';

/** `%magic`, `!command`, `?name`, none of which can start a line of Python. */
const escaped = /%%?[A-Za-z_]|!!?[ \t]*[^\s=!]|\?{1,2}%{0,2}[A-Za-z_]/y;
/** `files = !ls` and `here = %pwd`. */
const assigned = /[A-Za-z_][\w., \t[\]'"]*=[ \t]*(?:!|%[A-Za-z_])/y;
/** `name?` and `name??`. */
const asked = /%{0,2}[\w.*]+\?{1,2}[ \t]*$/y;
const cellMagic = /%%[A-Za-z_]/y;

/**
 * The logical line of IPython's way of writing that starts on `line`, at a place where a statement may start. A cell's
 * magic (`%%time`) takes the rest of its cell.
 */
export function magicLine(lines: PhysicalLines, line: number): LogicalLine | undefined {
  const { text, starts, ends } = lines;
  const indent = measureIndent(text, starts[line] ?? 0, ends[line] ?? 0);
  if (!isMagic(lines, line, indent.end)) return undefined;
  const takesCell = indent.column === 0 && matches(cellMagic, text, indent.end);
  const [endLine, lookedAt] = takesCell ? endOfCell(lines, line) : endOfCommand(lines, line);
  const word = text.charAt(indent.end);
  return { startLine: line, endLine, lookedAt, indent: indent.column, word, opensBlock: false };
}

function isMagic({ text, ends }: PhysicalLines, line: number, start: number): boolean {
  const end = ends[line] ?? 0;
  if (matches(escaped, text, start) || matches(assigned, text, start)) return true;
  if (!text.slice(Math.max(start, end - LONGEST_END), end).includes('?')) return false;
  asked.lastIndex = 0;
  return asked.test(text.slice(start, end));
}

/** In characters, of white space behind a question mark. */
const LONGEST_END = 20;

function matches(pattern: RegExp, text: string, start: number): boolean {
  pattern.lastIndex = start;
  return pattern.test(text);
}

/** A backslash at its end joins the next line. */
function endOfCommand({ text, starts, ends }: PhysicalLines, line: number): [number, number] {
  let end = line;
  while (text.charAt((ends[end] ?? 0) - 1) === '\\' && end + 1 < starts.length) end++;
  return [end, end];
}

function endOfCell({ text, starts, ends }: PhysicalLines, line: number): [number, number] {
  let [end, next] = [line, line + 1];
  for (; next < starts.length; next++) {
    const content = text.slice(starts[next], ends[next]);
    if (usualPythonMarker.test(content)) break;
    if (content.trim() !== '') end = next;
  }
  return [end, Math.min(next, starts.length - 1)];
}
