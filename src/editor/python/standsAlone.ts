import { needsOf } from './expressions.js';
import type { LogicalLine } from './logicalLine.js';
import type { LogicalLines } from './logicalLines.js';
import type { Statement } from './statements.js';

/** What surrounds a line: a loop, a function, and the number of functions up to the outermost one. */
interface Surroundings {
  readonly loop: boolean;
  readonly function: boolean;
  readonly functions: number;
}

const nothing: Surroundings = { loop: false, function: false, functions: 0 };

/** Whether a statement can run without the code around it: a `return` needs its function, a `break` its loop. */
export function standsAlone(lines: LogicalLines, statement: Statement, within = nothing): boolean {
  return statement.clauses.every(({ header, body }) => {
    const text = textOf(lines, header.startLine, header.endLine);
    const needs = needsOf(text);
    const inside = surround(header, text, within);
    if (needs.loop && !inside.loop) return false;
    if (needs.function && !inside.function) return false;
    if (needs.outerFunction && inside.functions < 2) return false;
    // A function has everything that its body needs, except the names of outer functions.
    if (inside.function && !textOf(lines, header.startLine, statement.endLine).includes('nonlocal')) return true;
    return body.every((each) => standsAlone(lines, each, inside));
  });
}

function surround({ word }: LogicalLine, text: string, within: Surroundings): Surroundings {
  const keyword = word === 'async' ? /async\s+(\w+)/.exec(text)?.[1] : word;
  if (keyword === 'def') return { loop: false, function: true, functions: within.functions + 1 };
  if (keyword === 'class') return { loop: false, function: false, functions: within.functions };
  return { ...within, loop: within.loop || keyword === 'for' || keyword === 'while' };
}

function textOf({ text, starts, ends }: LogicalLines, startLine: number, endLine: number): string {
  return text.slice(starts[startLine], ends[endLine]);
}
