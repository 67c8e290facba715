import { createRequire } from 'node:module';
import path from 'node:path';
import { type Options, parse, type Program as Tree } from 'acorn';
import type { Rewritten } from './edits.js';
import type * as TypeScript from './typescript.js';
import { rewrite } from './rewrite.js';

const load = createRequire(__filename);

const options: Options = {
  ecmaVersion: 'latest',
  sourceType: 'script',
  allowAwaitOutsideFunction: true,
  allowImportExportEverywhere: true,
  allowHashBang: true,
};

/** A command, ready for the engine: what it declares at its top level goes to the global scope. */
export interface Program {
  readonly source: string;
  readonly filename: string;
  readonly firstLine: number;
  readonly rewritten: Rewritten;
  /** 'script' gives its value; 'generator' gives a function that makes an async generator, which yields what it awaits. */
  readonly kind: 'script' | 'generator';
  /** The last statement is an expression, whose value is the command's. */
  readonly hasValue: boolean;
  /** The names that it declares. */
  readonly names: readonly string[];
  /** The columns of this line, which counts from 0, are those of the source. */
  hasColumns(line: number): boolean;
}

/** Where a source stands: lines count from 1. */
export interface Place {
  readonly filename: string;
  readonly firstLine: number;
}

/** A text that is no program; `line` counts from 0 within the text, `column` in UTF-16 code units. */
export class SourceError extends SyntaxError {
  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(message);
    this.name = 'SyntaxError';
  }
}

/** Throws SourceError. */
export function compile(source: string, place: Place): Program {
  const { text, tree } = parseSource(source, place.filename);
  const lines = source === text ? undefined : { before: source.split('\n'), after: text.split('\n') };
  return {
    ...place,
    source,
    ...rewrite(text, tree, place.filename),
    hasColumns: (line) => lines === undefined || lines.before[line] === lines.after[line],
  };
}

/** A program that is one expression. Throws SourceError. */
export function compileExpression(source: string, place: Place): Program {
  const program = compile(`(${source}\n)`, place);
  if (!program.hasValue || program.names.length > 0) throw new SourceError('This is not one expression.', 0, 0);
  return program;
}

function parseSource(source: string, filename: string): { text: string; tree: Tree } {
  const extension = path.extname(filename);
  if (/^\.[cm]?tsx?$|^\.jsx$/.test(extension)) return parseTypeScript(source, extension.endsWith('x'));
  try {
    return parseJavaScript(source);
  } catch (error) {
    for (const jsx of [false, true]) {
      try {
        return parseTypeScript(source, jsx);
      } catch (other) {
        if (!(other instanceof SourceError)) throw other;
      }
    }
    throw error; // none of them: what it means as JavaScript says more
  }
}

function parseTypeScript(source: string, jsx: boolean): { text: string; tree: Tree } {
  // a bundle of its own, loaded with the first command that needs it
  const { stripTypes } = load('./typescript.cjs') as typeof TypeScript;
  return parseJavaScript(located(() => stripTypes(source, { jsx })));
}

/** As in Node's own console, what begins with a brace is an object where it can be one. */
function parseJavaScript(source: string): { text: string; tree: Tree } {
  if (/^\s*\{/.test(source) && !/;\s*$/.test(source)) {
    try {
      const text = `(${source}\n)`;
      return { text, tree: parse(text, options) };
    } catch {
      // it is a block
    }
  }
  return { text: source, tree: located(() => parse(source, options)) };
}

function located<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    const { message, loc } = error as SyntaxError & { loc?: { line: number; column: number } };
    if (!loc) throw error;
    const plain = message.replace(/^Error transforming .*?: /, '').replace(/ \(\d+:\d+\)$/, '');
    throw new SourceError(plain, loc.line - 1, loc.column);
  }
}
