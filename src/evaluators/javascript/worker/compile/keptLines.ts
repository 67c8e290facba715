import { SourceMap, type SourceMapPayload } from 'node:module';
import type * as TypeScript from 'typescript';

type Compiler = typeof TypeScript;

/** After or before these words, a line break would end the statement. */
const boundToNext = new Set(['return', 'throw', 'break', 'continue', 'yield', 'async']);
const boundToPrevious = new Set(['=>', '++', '--']);

/** What a compiler has made of a source. */
export interface Compiled {
  readonly source: TypeScript.SourceFile;
  readonly code: string;
  /** The source map, as JSON. */
  readonly map: string;
}

interface Token {
  readonly start: number;
  readonly end: number;
  /** The line of the source that it comes from, from 0, if it has to stay there. */
  line?: number | undefined;
}

/**
 * Lays compiled code out anew so that what came from a line of the source is on that line. The compiler ends all its
 * statements, so its own line breaks do not matter; those inside of template literals stay.
 */
export function keepLines(compiler: Compiler, compiled: Compiled): string {
  const { code } = compiled;
  const tokens = tokensOf(compiler, compiled);
  keepOrder(tokens);
  const pieces: string[] = [];
  let line = 0;
  let end = 0;
  let before = '';
  for (const token of tokens) {
    const word = code.slice(token.start, token.end);
    const gap = code.slice(end, token.start);
    const mayBreak = gap !== '' && !boundToNext.has(before) && !boundToPrevious.has(word);
    const missing = mayBreak && token.line !== undefined ? Math.max(0, token.line - line) : 0;
    const opening = gap.startsWith('#!') ? gap.trimEnd() : '';
    pieces.push(opening, missing > 0 ? '\n'.repeat(missing) : opening ? '\n' : gap && ' ', word);
    line += Math.max(missing, opening ? 1 : 0) + word.split('\n').length - 1;
    end = token.end;
    before = word;
  }
  return pieces.join('');
}

function tokensOf(compiler: Compiler, { source, code, map }: Compiled): Token[] {
  const positions = new SourceMap(JSON.parse(map) as SourceMapPayload);
  const file = compiler.createSourceFile('code.js', code, compiler.ScriptTarget.ES2022);
  const moved = decoratorsIn(compiler, source);
  const tokens: Token[] = [];
  const visit = (node: TypeScript.Node): void => {
    const parts = node.getChildren(file);
    for (const part of parts) visit(part);
    const start = node.getStart(file);
    if (parts.length === 0 && node.end > start) tokens.push({ start, end: node.end, line: lineOf(start) });
  };
  const lineOf = (start: number): number | undefined => {
    const { line, character } = file.getLineAndCharacterOfPosition(start);
    const found = positions.findEntry(line, character);
    if (!('originalLine' in found) || found.generatedLine !== line || found.generatedColumn !== character)
      return undefined;
    const origin = source.getPositionOfLineAndCharacter(found.originalLine, found.originalColumn);
    return moved.some(({ pos, end }) => origin >= pos && origin < end) ? undefined : found.originalLine;
  };
  visit(file);
  return tokens;
}

/** Decorators are evaluated elsewhere than they stand. */
function decoratorsIn(compiler: Compiler, source: TypeScript.SourceFile): TypeScript.Decorator[] {
  const found: TypeScript.Decorator[] = [];
  const visit = (node: TypeScript.Node): void => {
    if (compiler.isDecorator(node)) found.push(node);
    else compiler.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Lets go of the lines of the fewest tokens, so that those of the others ascend. */
function keepOrder(tokens: readonly Token[]): void {
  const last: Token[] = []; // of the ascending rows of each length, the one whose end is the lowest
  const previous = new Map<Token, Token | undefined>();
  for (const token of tokens) {
    const { line } = token;
    if (line === undefined) continue;
    const length = insertionIndex(last, line);
    previous.set(token, last[length - 1]);
    last[length] = token;
  }
  const kept = new Set<Token>();
  for (let token = last.at(-1); token; token = previous.get(token)) kept.add(token);
  for (const token of tokens) if (!kept.has(token)) token.line = undefined;
}

function insertionIndex(row: readonly Token[], line: number): number {
  let low = 0;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((row[middle]?.line ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return low;
}
