import { createRequire } from 'node:module';
import path from 'node:path';
import { getTsconfig } from 'get-tsconfig';
import type * as TypeScript from 'typescript';
import { keepLines } from './keptLines.js';

type Compiler = typeof TypeScript;

/** A source, and for whom it is compiled. */
export interface FullSource {
  readonly source: string;
  readonly jsx: boolean;
  /** The folder of its file, from which the compiler and the project's options are found. */
  readonly folder: string;
  /** The file of a compiler that is used where the folder has none. */
  readonly spare: string | undefined;
  /** A command keeps all its imports; a module has those that are no types, or becomes CommonJS. */
  readonly as: 'command' | 'module' | 'commonjs';
}

/**
 * Converts TypeScript to JavaScript, line by line, with the project's own compiler: decorators, namespaces and whatever
 * else it knows. Types are not checked. Returns undefined if there is no compiler.
 *
 * @throws SyntaxError with `loc`: lines count from 1, columns from 0
 */
export function compileFully(full: FullSource): string | undefined {
  const compiler = findCompiler(full);
  if (!compiler) return undefined;
  const fileName = full.jsx ? 'source.tsx' : 'source.ts';
  const source = compiler.createSourceFile(fileName, full.source, compiler.ScriptTarget.ES2022);
  const { diagnostics, outputText, sourceMapText } = compiler.transpileModule(full.source, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: optionsFor(compiler, full, source),
  });
  for (const { file, start, messageText } of diagnostics ?? []) {
    if (!file || start === undefined) continue; // about the options
    const { line, character } = file.getLineAndCharacterOfPosition(start);
    const message = compiler.flattenDiagnosticMessageText(messageText, '\n');
    throw Object.assign(new SyntaxError(message), { loc: { line: line + 1, column: character } });
  }
  const code = keepLines(compiler, { source, code: outputText, map: sourceMapText ?? '' });
  return full.as === 'command' ? asCommand(code, compiler, source) : code;
}

function findCompiler({ folder, spare }: FullSource): Compiler | undefined {
  const load = createRequire(path.join(folder, 'source.ts'));
  for (const file of ['typescript', spare]) {
    if (file === undefined) continue;
    try {
      const compiler = load(file) as Compiler | { readonly ModuleKind?: undefined };
      if (compiler.ModuleKind && 'Preserve' in compiler.ModuleKind) return compiler; // from TypeScript 5.4 on
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return undefined;
}

function optionsFor(compiler: Compiler, full: FullSource, source: TypeScript.SourceFile): TypeScript.CompilerOptions {
  const { ModuleKind, ScriptTarget, JsxEmit } = compiler;
  const own = getTsconfig(full.folder)?.config.compilerOptions ?? {};
  const isCommand = full.as === 'command';
  const isOlder = /^es(?:[356]|20(?:1\d|2[01]))$/i.test(own.target ?? '');
  return {
    module: full.as === 'commonjs' ? ModuleKind.CommonJS : ModuleKind.Preserve,
    target: ScriptTarget.ES2022, // a later one keeps decorators, which no Node.js runs
    jsx: isCommand || /\bReact\b/.test(full.source) ? JsxEmit.React : JsxEmit.ReactJSX,
    esModuleInterop: true,
    experimentalDecorators: own.experimentalDecorators ?? decoratesParameters(compiler, source),
    emitDecoratorMetadata: own.emitDecoratorMetadata ?? false,
    useDefineForClassFields: own.useDefineForClassFields ?? !isOlder,
    verbatimModuleSyntax: isCommand,
    moduleDetection: isCommand ? compiler.ModuleDetectionKind.Force : compiler.ModuleDetectionKind.Auto,
    importHelpers: false,
    removeComments: true,
    sourceMap: true,
  };
}

/** Only the older kind of decorators is for parameters, too. */
function decoratesParameters(compiler: Compiler, source: TypeScript.SourceFile): boolean {
  const visit = (node: TypeScript.Node): boolean =>
    (compiler.isParameter(node) && (compiler.getDecorators(node)?.length ?? 0) > 0) ||
    compiler.forEachChild(node, (child) => visit(child) || undefined) === true;
  return visit(source);
}

/**
 * A command exports nothing, and a class has no value. What the code of the compiler calls is no variable of the user:
 * it becomes a property of the global scope that no listing shows.
 */
function asCommand(code: string, compiler: Compiler, source: TypeScript.SourceFile): string {
  const names: string[] = [];
  const hidden = code
    .replace(/\bexport \{ ?\};\s*$/, '')
    .replace(/\bvar (__\w+) = \(this && this\.\1\) \|\| /g, (_, name: string) => {
      names.push(name);
      return `this.${name} = `;
    });
  const last = source.statements.at(-1);
  const ending = last && !compiler.isExpressionStatement(last) ? ' void 0;' : '';
  const place = hidden.indexOf('this.__');
  const room = names.map((name) => `${name}: { writable: true, configurable: true }`).join();
  return place < 0 || names.length === 0
    ? hidden + ending
    : `${hidden.slice(0, place)}Object.defineProperties(this, {${room}}); ${hidden.slice(place)}${ending}`;
}
