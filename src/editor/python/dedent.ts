import type { LogicalLines } from './logicalLines.js';
import { measureIndent } from './physicalLines.js';

/**
 * The text of whole lines, moved left so that the base line (by default the first) starts at column 0. The contents of
 * strings do not change.
 */
export function dedent(lines: LogicalLines, startLine: number, endLine: number, baseLine = startLine): string {
  const { text, starts, ends } = lines;
  const base = measureIndent(text, starts[baseLine] ?? 0, ends[baseLine] ?? 0);
  const margin = text.slice(base.from, base.end);
  if (margin === '') return text.slice(baseLine === startLine ? base.from : starts[startLine], ends[endLine]);
  let code = '';
  for (let line = startLine; line <= endLine; line++) {
    const start = starts[line] ?? 0;
    const next = line < endLine ? starts[line + 1] : ends[endLine];
    if (lines.kinds[line] === 'string') code += text.slice(start, next);
    else {
      const { indent, from } = withoutMargin(lines, line, margin, base.column);
      code += indent + text.slice(from, next);
    }
  }
  return code;
}

function withoutMargin(
  { text, starts, ends, kinds }: LogicalLines,
  line: number,
  margin: string,
  column: number,
): { indent: string; from: number } {
  const own = measureIndent(text, starts[line] ?? 0, ends[line] ?? 0);
  if (text.startsWith(margin, own.from)) return { indent: '', from: own.from + margin.length };
  // Tabs and spaces are mixed, which Python 2 allowed, so only the columns count.
  if (kinds[line] === 'code') return { indent: ' '.repeat(Math.max(0, own.column - column)), from: own.end };
  return { indent: '', from: own.end };
}
