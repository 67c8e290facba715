import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { plainMessage } from '../compile/plainMessage.js';
import { spareCompiler } from '../compile/spareCompiler.js';
import type * as TypeScript from '../compile/typescript.js';
import { commonJsFace } from './commonJsFace.js';
import { typedFile } from './typedFile.js';

const load = createRequire(__filename);

export interface LoadedModule {
  readonly format: 'module' | 'commonjs';
  readonly source: string;
}

/** What Node.js is given for an address that is imported; undefined for what it loads by itself. */
export interface Imported {
  readonly format: string;
  readonly source: string;
}

/** @param type what the import says that the module is, as in `with { type: 'json' }` */
export function importTyped(url: string, type: string | undefined): Imported | undefined {
  const file = typedFile(url);
  if (file === undefined) return type === undefined ? importJson(url) : undefined;
  const { format, source } = loadTyped(file, { asCommonJs: false });
  return { format: 'module', source: format === 'module' ? source : commonJsFace(file, source) };
}

/** Compilers and bundlers ask for no type. */
function importJson(url: string): Imported | undefined {
  const { protocol, pathname } = new URL(url);
  if (protocol !== 'file:' || !pathname.endsWith('.json')) return undefined;
  const text = readFileSync(fileURLToPath(url), 'utf8').replace(/^\uFEFF/, '');
  JSON.parse(text);
  return { format: 'module', source: `export default ${text};` };
}

/**
 * A file of TypeScript or JSX as JavaScript, line by line.
 *
 * @param asCommonJs whether it is required: what it imports and exports becomes CommonJS
 * @throws SyntaxError whose stack leads to the file
 */
export function loadTyped(file: string, { asCommonJs }: { readonly asCommonJs: boolean }): LoadedModule {
  const source = readFileSync(file, 'utf8');
  const { moduleWithoutTypes } = load('./typescript.cjs') as typeof TypeScript;
  const isCommonJs = asCommonJs || file.endsWith('.cts');
  try {
    const code = moduleWithoutTypes(source, {
      jsx: file.endsWith('x'),
      folder: path.dirname(file),
      spare: spareCompiler(),
      asCommonJs: isCommonJs,
    });
    return { format: isCommonJs ? 'commonjs' : formatOf(file, code), source: code };
  } catch (error) {
    throw located(file, error);
  }
}

/** Without a word that only one of the two knows, a file is an ES module. */
function formatOf(file: string, code: string): LoadedModule['format'] {
  if (file.endsWith('.mts') || !/\b(?:require|module|exports|__filename|__dirname)\b/.test(code)) return 'module';
  try {
    // compiles, and runs nothing
    new vm.Script(`(function (exports, require, module, __filename, __dirname) {${code}\n})`);
    return 'commonjs';
  } catch {
    return 'module';
  }
}

function located(file: string, error: unknown): unknown {
  const { message, loc } = error as SyntaxError & { readonly loc?: { readonly line: number; readonly column: number } };
  if (!loc) return error;
  const plain = plainMessage(message);
  const shown = new SyntaxError(plain);
  shown.stack = `SyntaxError: ${plain}\n    at ${file}:${String(loc.line)}:${String(loc.column + 1)}`;
  return shown;
}
