import type { SyntaxNode } from '@lezer/common';
import { lineAt, offsetAt } from '../python/physicalLines.js';
import type { CodeToRun, TextSelection } from '../python/selection.js';
import { expressionCode } from './expressions.js';
import type { SourceReader } from './sourceReader.js';
import { isComment, linesOf, type SourceTree } from './sourceTree.js';
import { standsAlone } from './standsAlone.js';
import { touchedStatements, type Touched } from './statementLists.js';

/**
 * Decides which JavaScript or TypeScript code the user wants to run, by the same rules as for Python.
 *
 * Without a selection: the statement at the cursor with its whole content; on a comment or a blank line, the next
 * statement. With a selection: the expression, if it is one on a single line; otherwise, all statements that it
 * touches. Code that cannot run alone (a `return`, a `break`) includes the code around it.
 */
export function codeToRun(reader: SourceReader, text: string, selection: TextSelection): CodeToRun {
  const source = reader.read(text);
  const [from, to] = selectedCode(source, selection);
  if (from === to) {
    const line = lineAt(source, from);
    return { code: '', firstLine: line, nextLine: line };
  }
  const path = touchedStatements(text, source.tree.topNode, from, to);
  const line = lineAt(source, from);
  const isSelected = offsetAt(source, selection.start) < offsetAt(source, selection.end);
  if (isSelected && line === lineAt(source, to)) {
    const expression = expressionCode(reader, source, from, to);
    if (expression !== undefined) return { code: expression, firstLine: line, nextLine: lineAfter(source, path, line) };
  }
  const chosen = path.findLast(({ statements }) => statements.every((each) => standsAlone(text, each))) ?? path[0];
  const [first, last] = [chosen?.statements[0], chosen?.statements.at(-1)];
  if (!first || !last) return { code: '', firstLine: line, nextLine: line };
  const [firstLine] = linesOf(source, first);
  const [, endLine] = linesOf(source, last);
  return { code: dedent(source, first.from, last.to), firstLine, nextLine: lineAfter(source, path, endLine) };
}

/** The first line of the top-level statement at a line, or of the next one; undefined if there is none. */
export function topLevelLine(reader: SourceReader, text: string, line: number): number | undefined {
  const source = reader.read(text);
  for (let node = source.tree.topNode.firstChild; node; node = node.nextSibling) {
    const [firstLine, endLine] = linesOf(source, node);
    if (node.type.is('Statement') && endLine >= line) return wholeLineAbove(source, firstLine);
  }
  return undefined;
}

/** The nearest line, from the given one upwards, that does not start inside a comment or a statement. */
function wholeLineAbove(source: SourceTree, line: number): number {
  const start = source.starts[line] ?? 0;
  const node = source.tree.topNode.childAfter(start);
  return node && node.from < start ? wholeLineAbove(source, linesOf(source, node)[0]) : line;
}

/** The first line of the statement that contains a line, or the line itself between statements. */
export function firstLineOf(reader: SourceReader, text: string, line: number): number {
  const source = reader.read(text);
  const [from, to] = [source.starts[line] ?? 0, source.ends[line] ?? 0];
  const innermost = touchedStatements(text, source.tree.topNode, from, to).at(-1)?.statements[0];
  return innermost ? Math.min(line, linesOf(source, innermost)[0]) : line;
}

/** The selection without surrounding white space, or the code of the cursor's line or of the next line with code. */
function selectedCode(source: SourceTree, { start, end }: TextSelection): [number, number] {
  const { text, starts, ends } = source;
  const from = offsetAt(source, start);
  const selected = text.slice(from, offsetAt(source, end));
  if (selected.trim() !== '') {
    return [from + selected.length - selected.trimStart().length, from + selected.trimEnd().length];
  }
  for (let line = lineAt(source, from); line < starts.length; line++) {
    const code = codeOn(source, starts[line] ?? 0, ends[line] ?? 0);
    if (code) return code;
  }
  return [from, from];
}

/** The part of a line that is not white space or a leading comment. */
function codeOn({ text, tree }: SourceTree, start: number, end: number): [number, number] | undefined {
  for (let position = start; position < end;) {
    if (text.slice(position, end).trim() === '') return undefined;
    position += text.slice(position, end).search(/\S/);
    const node = tree.resolveInner(position, 1);
    if (!isComment(node)) return [position, start + text.slice(start, end).trimEnd().length];
    position = node.to;
  }
  return undefined;
}

/** The line of the next statement in this list, or else of the one after the statement that contains the list. */
function lineAfter(source: SourceTree, path: readonly Touched[], endLine: number): number {
  for (const { list } of path.toReversed()) {
    const following = list.find((each) => lineAt(source, each.from) > endLine);
    if (following) return lineAt(source, following.from);
  }
  const outermost = path[0]?.statements.at(-1);
  const end = outermost ? linesOf(source, outermost)[1] : endLine;
  return Math.min(Math.max(endLine, end) + 1, source.starts.length - 1);
}

/**
 * The text of statements, moved left so that the first one starts at column 0. The contents of strings do not change.
 */
function dedent(source: SourceTree, from: number, to: number): string {
  const { text, starts } = source;
  const [startLine, endLine] = linesOf(source, { from, to });
  const margin = text.slice(starts[startLine], from);
  if (margin === '' || margin.trim() !== '') return text.slice(from, to);
  let code = '';
  for (let line = startLine; line <= endLine; line++) {
    const start = starts[line] ?? 0;
    const end = line < endLine ? (starts[line + 1] ?? to) : to;
    const isMoved = text.startsWith(margin, start) && !isInString(source.tree.resolveInner(start, 0), start);
    code += text.slice(isMoved ? start + margin.length : start, end);
  }
  return code;
}

function isInString(node: SyntaxNode, position: number): boolean {
  const isString = node.name === 'TemplateString' || node.name === 'String' || node.name === 'JSXText';
  return isString && node.from < position;
}
