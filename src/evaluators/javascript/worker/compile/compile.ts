import { createRequire } from 'node:module';
import path from 'node:path';
import { type Options, parse, type Program as Tree } from 'acorn';
import type { Rewritten } from './edits.js';
import type * as TypeScript from './typescript.js';
import { scriptNameOf } from './origin.js';
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
  /** The name under which Node knows it. */
  readonly scriptName: string;
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

/** Where a source stands, and in which dialect it is written, as far as that is known. Lines count from 1. */
export interface Place {
  readonly filename: string;
  readonly firstLine: number;
  readonly language?: string | undefined;
}

/** A text that is no program; `line` counts from 0 within the text, `column` in UTF-16 code units. */
export class SourceError extends SyntaxError {
  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
    /** It is right as TypeScript, which the evaluator can't run. */
    readonly isUnsupported = false,
  ) {
    super(message);
    this.name = 'SyntaxError';
  }
}

/** Throws SourceError. */
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

/** A program that is one expression. Throws SourceError. */
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
  if (dialect) return parseTypeScript(source, dialect.jsx);
  try {
    return parseJavaScript(source);
  } catch (error) {
    for (const jsx of [false, true]) {
      try {
        return parseTypeScript(source, jsx);
      } catch (other) {
        if (!(other instanceof SourceError) || other.isUnsupported) throw other;
      }
    }
    throw error; // none of them: what it means as JavaScript says more
  }
}

/** TypeScript or JSX, when the language or the file's name says so; else it has to be found out. */
function dialectOf({ language, filename }: Place): { readonly jsx: boolean } | undefined {
  const extension = path.extname(filename);
  if (language === 'typescriptreact' || language === 'javascriptreact' || /^\.[jt]sx$/.test(extension))
    return { jsx: true };
  return language === 'typescript' || /^\.[cm]?ts$/.test(extension) ? { jsx: false } : undefined;
}

function parseTypeScript(source: string, jsx: boolean): Parsed {
  // a bundle of its own, loaded with the first command that needs it
  const { stripTypes } = load('./typescript.cjs') as typeof TypeScript;
  return { ...parseJavaScript(located(() => stripTypes(source, { jsx }))), isTypeScript: true };
}

/** As in Node's own console, what begins with a brace is an object where it can be one. */
function parseJavaScript(source: string): Parsed {
  if (/^\s*\{/.test(source) && !/;\s*$/.test(source)) {
    try {
      const text = `(${source}\n)`;
      return { text, tree: parse(text, options), isTypeScript: false };
    } catch {
      // it is a block
    }
  }
  return { text: source, tree: located(() => parse(source, options)), isTypeScript: false };
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
    const plain = message.replace(/^Error transforming .*?: /, '').replace(/ \(\d+:\d+\)$/, '');
    throw new SourceError(plain, loc.line - 1, loc.column, isUnsupported);
  }
}
