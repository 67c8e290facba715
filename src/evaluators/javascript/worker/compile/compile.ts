import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import { type Options, parse, type Program as Tree } from 'acorn';
import type { Rewritten } from './edits.js';
import type * as TypeScript from './typescript.js';
import { originOf, scriptNameOf } from './origin.js';
import { plainMessage } from './plainMessage.js';
import { rewrite } from './rewrite.js';
import { spareCompiler } from './spareCompiler.js';

const load = createRequire(__filename);

const options: Options = {
  ecmaVersion: 'latest',
  sourceType: 'script',
  allowAwaitOutsideFunction: true,
  allowImportExportEverywhere: true,
  allowHashBang: true,
};

/** A command that is ready to run: what it declares at the top level goes to the global scope. */
export interface Program {
  readonly source: string;
  readonly filename: string;
  /** The name that Node.js uses for it. */
  readonly scriptName: string;
  readonly firstLine: number;
  readonly rewritten: Rewritten;
  /**
   * 'script' returns its value; 'generator' returns a function that creates an async generator, which yields what it
   * awaits.
   */
  readonly kind: 'script' | 'generator';
  /** Whether the last statement is an expression, whose value is the value of the command. */
  readonly hasValue: boolean;
  /** The names that the command declares. */
  readonly names: readonly string[];
  /** Whether the columns of this line, which counts from 0, match those of the source. */
  hasColumns(line: number): boolean;
}

/** The position of a source and its dialect, as far as they are known. Lines count from 1. */
export interface Place {
  readonly filename: string;
  readonly firstLine: number;
  readonly language?: string | undefined;
}

/** A text that is not a program; `line` counts from 0 within the text, `column` in UTF-16 code units. */
export class SourceError extends SyntaxError {
  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
    /** Whether it is valid TypeScript that the evaluator does not support. */
    readonly isUnsupported = false,
  ) {
    super(message);
    this.name = 'SyntaxError';
  }
}

/** @throws SourceError */
export function compile(source: string, place: Place): Program {
  const { text, tree, isTypeScript } = parseSource(source, place);
  const lines = source === text ? undefined : { before: source.split('\n'), after: text.split('\n') };
  return {
    ...place,
    scriptName: scriptNameOf(place.filename),
    source,
    ...rewrite(text, tree, { filename: place.filename, isTypeScript }),
    hasColumns: (line) => lines === undefined || lines.before[line] === lines.after[line],
  };
}

/**
 * Compiles a program that is a single expression.
 * @throws SourceError
 */
export function compileExpression(source: string, place: Place): Program {
  const program = compile(`(${source}\n)`, place);
  if (!program.hasValue || program.names.length > 0) throw new SourceError('This is not a single expression.', 0, 0);
  return program;
}

interface Parsed {
  readonly text: string;
  readonly tree: Tree;
  readonly isTypeScript: boolean;
}

function parseSource(source: string, place: Place): Parsed {
  const dialect = dialectOf(place);
  if (dialect) return parseTypeScript(source, dialect.jsx, place);
  try {
    return parseJavaScript(source);
  } catch (error) {
    for (const jsx of [false, true]) {
      try {
        return parseTypeScript(source, jsx, place);
      } catch (other) {
        if (!(other instanceof SourceError) || other.isUnsupported) throw other;
      }
    }
    throw error; // neither: the error as JavaScript says more
  }
}

/** Whether the language or the file name says that the source is TypeScript or JSX. */
export function isTypedPlace(place: Place): boolean {
  return dialectOf(place) !== undefined;
}

/** TypeScript or JSX, if the language or the file name says so; otherwise, it has to be detected. */
function dialectOf({ language, filename }: Place): { readonly jsx: boolean } | undefined {
  const extension = path.extname(filename);
  if (language === 'typescriptreact' || language === 'javascriptreact' || /^\.[jt]sx$/.test(extension))
    return { jsx: true };
  return language === 'typescript' || /^\.[cm]?ts$/.test(extension) ? { jsx: false } : undefined;
}

function parseTypeScript(source: string, jsx: boolean, { filename }: Place): Parsed {
  // a separate bundle, loaded with the first command that needs it
  const { stripTypes } = load('./typescript.cjs') as typeof TypeScript;
  const origin = { jsx, folder: path.dirname(originOf(filename)), spare: spareCompiler() };
  return { ...parseJavaScript(located(() => stripTypes(source, origin))), isTypeScript: true };
}

/** As in Node's own console, code that starts with a brace is an object if possible. */
function parseJavaScript(source: string): Parsed {
  if (/^\s*\{/.test(source) && !/;\s*$/.test(source)) {
    try {
      const text = `(${source}\n)`;
      return { text, tree: parse(text, options), isTypeScript: false };
    } catch {
      // it is a block
    }
  }
  return { text: source, tree: located(() => parseProgram(source)), isTypeScript: false };
}

/** A script has no `using` at the top level; a command has, and disposes of things at its end. */
function parseProgram(source: string): Tree {
  try {
    return parse(source, options);
  } catch (error) {
    const { message, loc } = error as SyntaxError & Located;
    if (!/^Using declaration .* top level/.test(message)) throw error;
    if (!canUse()) throw Object.assign(new SyntaxError('This version of Node.js has no `using`'), { loc });
    return parse(source, { ...options, sourceType: 'module' }); // where it may stand there
  }
}

function canUse(): boolean {
  try {
    new vm.Script('{ using nothing = null }');
    return true;
  } catch {
    return false;
  }
}

/** What parsers add to a SyntaxError. */
interface Located {
  readonly loc: { readonly line: number; readonly column: number };
  readonly isUnsupported: boolean;
}

function located<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    const { message, loc, isUnsupported } = error as SyntaxError & Partial<Located>;
    if (!loc) throw error;
    throw new SourceError(plainMessage(message), loc.line - 1, loc.column, isUnsupported);
  }
}
