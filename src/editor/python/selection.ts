import { dedent } from './dedent.js';
import { holdersOfEndingComment } from './endingComment.js';
import { isExpression, isPartOfStatementGroup } from './expressions.js';
import { lastIndex } from '../lastIndex.js';
import type { LogicalLine } from './logicalLine.js';
import type { LogicalLines } from './logicalLines.js';
import { lineAt, measureIndent, offsetAt, type Position } from './physicalLines.js';
import { readSource, type Source } from './pythonSource.js';
import { standsAlone } from './standsAlone.js';
import { siblingsOf, statementsAt, type Statement } from './statements.js';

/** A range of text, or a cursor if both ends are the same; compatible with VS Code's `Selection`. */
export interface TextSelection {
  readonly start: Position;
  readonly end: Position;
}

/** The code to run, and where the cursor goes afterwards. Lines count from 0. */
export interface CodeToRun {
  /** Dedented, without a trailing line break; empty if there is nothing to run. */
  readonly code: string;
  readonly firstLine: number;
  readonly nextLine: number;
}

/**
 * Decides which Python code the user wants to run.
 *
 * Without a selection: the statement at the cursor with its decorators and its block; on a comment or a blank line, the
 * next statement; on a comment at the end of a block, the statement with the block. With a selection: the expression,
 * if it is one on a single line; otherwise, all statements that it touches. Code that cannot run alone (a `return`, an
 * `else`) includes the code around it.
 */
export function codeToRun(text: string, selection: TextSelection): CodeToRun {
  const source = readSource(text);
  const [from, to] = trimSelection(source.lines, selection);
  return (from < to ? partOfLine(source, from, to) : undefined) ?? wholeStatements(source, from, to);
}

/** The first line of the top-level statement at a line, or of the next one; undefined if there is none. */
export function topLevelLine(text: string, line: number): number | undefined {
  const { statements } = readSource(text);
  return statements[lastIndex(statements, (each) => each.endLine < line) + 1]?.startLine;
}

/** The first line of the logical line that contains a line, or the line itself if there is none. */
export function firstLineOf(text: string, line: number): number {
  return logicalLineAt(readSource(text).lines, line)?.startLine ?? line;
}

/** An expression on one line, or whole statements among several that share a line. */
function partOfLine(source: Source, from: number, to: number): CodeToRun | undefined {
  const { lines } = source;
  const line = lineAt(lines, from);
  if (line !== lineAt(lines, to)) return undefined;
  const logical = logicalLineAt(lines, line);
  const start = logical ? codeStart(lines, logical.startLine) : (lines.starts[line] ?? 0);
  const end = lines.ends[logical?.endLine ?? line] ?? 0;
  if (from < start || (logical && from === start && to === end)) return undefined;
  const [contextStart, contextEnd] = logical ? contextOf(lines, logical, line) : [start, end];
  const context = lines.text.slice(contextStart, contextEnd);
  const within = [context, from - contextStart, to - contextStart] as const;
  const isPart = isExpression(...within) || isPartOfStatementGroup(...within);
  if (!isPart) return undefined;
  const path = statementsAt(source.statements, line);
  return { code: lines.text.slice(from, to), firstLine: line, nextLine: lineAfter(source, path, line) };
}

/** The range to parse for the tokens of a line: its statement or, if that is very long, the line with its strings. */
function contextOf(lines: LogicalLines, { startLine, endLine }: LogicalLine, line: number): [number, number] {
  let [first, last] = [startLine, endLine];
  if (endLine - startLine > LONG_STATEMENT) {
    first = last = line;
    while (first > startLine && lines.kinds[first] === 'string') first--;
    while (last < endLine && lines.kinds[last + 1] === 'string') last++;
  }
  return [codeStart(lines, first), lines.ends[last] ?? 0];
}

/** In lines. The parser needs some milliseconds for a thousand. */
const LONG_STATEMENT = 300;

function wholeStatements(source: Source, from: number, to: number): CodeToRun {
  const { lines, statements } = source;
  const [startLine, endLine] = [lineAt(lines, from), lineAt(lines, to)];
  const holders = from < to ? undefined : holdersOfEndingComment(source, startLine);
  if (holders) return covering(source, holders, holders);
  const first = logicalLineAt(lines, startLine) ?? logicalLineAfter(lines, startLine);
  const last = from < to ? logicalLineUpTo(lines, endLine) : first;
  if (!first || !last || last.startLine < first.startLine) {
    return { code: '', firstLine: startLine, nextLine: first?.startLine ?? endLine };
  }
  return covering(source, statementsAt(statements, first.startLine), statementsAt(statements, last.startLine));
}

/** The code that covers two statements, each given with the statements around it, outermost first. */
function covering(source: Source, first: readonly Statement[], last: readonly Statement[]): CodeToRun {
  const covered = coverBoth(source, first, last);
  const [start, end] = [covered[0]?.startLine ?? 0, covered.at(-1)?.endLine ?? 0];
  return { code: dedent(source.lines, start, end), firstLine: start, nextLine: lineAfter(source, first, end) };
}

/** The shortest run of siblings that covers two statements and can run alone. */
function coverBoth(source: Source, first: readonly Statement[], last: readonly Statement[]): readonly Statement[] {
  let shortest: readonly Statement[] | undefined;
  for (let depth = Math.min(first.length, last.length) - 1; depth >= 0; depth--) {
    const [start, end, parent] = [first[depth], last[depth], first[depth - 1]];
    if (!start || !end || parent !== last[depth - 1]) continue;
    const siblings = siblingsOf(start, parent, source.statements);
    const covered = siblings.slice(siblings.indexOf(start), siblings.indexOf(end) + 1);
    if (covered.length === 0) continue;
    shortest ??= covered;
    if (covered.every((each) => standsAlone(source.lines, each))) return covered;
  }
  return shortest ?? [];
}

/** The line of the next statement in this block, or else of the one after the statement that contains the block. */
function lineAfter({ lines, statements }: Source, path: readonly Statement[], endLine: number): number {
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const [statement, parent] = [path[depth], path[depth - 1]];
    const siblings = statement ? siblingsOf(statement, parent, statements) : [];
    const following = siblings[lastIndex(siblings, (each) => each.startLine <= endLine) + 1];
    if (following) return following.startLine;
  }
  let below = Math.max(endLine, path[0]?.endLine ?? 0) + 1;
  // On a comment at the end of its block, the same statement would be run again.
  while (lines.kinds[below] === 'comment') below++;
  return Math.min(below, lines.starts.length - 1);
}

/**
 * The offsets of the selection without surrounding white space, or of the cursor, twice, if nothing else is selected.
 */
function trimSelection(lines: LogicalLines, { start, end }: TextSelection): [number, number] {
  const from = offsetAt(lines, start);
  const selected = lines.text.slice(from, offsetAt(lines, end));
  if (selected.trim() === '') return [from, from];
  return [from + selected.length - selected.trimStart().length, from + selected.trimEnd().length];
}

function codeStart({ text, starts, ends }: LogicalLines, line: number): number {
  return measureIndent(text, starts[line] ?? 0, ends[line] ?? 0).end;
}

function logicalLineAt(lines: LogicalLines, line: number): LogicalLine | undefined {
  const found = logicalLineUpTo(lines, line);
  return found && found.endLine >= line ? found : undefined;
}

function logicalLineUpTo({ logical }: LogicalLines, line: number): LogicalLine | undefined {
  return logical[lastIndex(logical, (each) => each.startLine <= line)];
}

function logicalLineAfter({ logical }: LogicalLines, line: number): LogicalLine | undefined {
  return logical[lastIndex(logical, (each) => each.startLine <= line) + 1];
}
