import { createRequire, Module } from 'node:module';
import path from 'node:path';
import { originOf } from './origin.js';

/** Under which the global scope has the function that finds a file's module, for functions that run later. */
export const MODULE = 'extsession.module';

/** What code of a CommonJS file finds beside the globals. */
export interface FileModule {
  readonly require: NodeJS.Require;
  readonly module: NodeJS.Module;
  readonly exports: unknown;
  readonly __filename: string | undefined;
  readonly __dirname: string | undefined;
}

export const moduleNames = ['require', 'module', 'exports', '__filename', '__dirname'] as const;
export type ModuleName = (typeof moduleNames)[number];

const modules = new Map<string, FileModule>();

/**
 * The module that the commands of a file share, as if the file were the program; what is no file has one like a
 * console's.
 */
export function moduleOf(filename: string): FileModule {
  const origin = originOf(filename);
  const known = modules.get(origin);
  if (known) return known;
  const isFile = path.isAbsolute(filename);
  const require = createRequire(origin);
  const module = new Module(isFile ? '.' : '<repl>');
  if (isFile) module.filename = origin;
  module.paths = require.resolve.paths('x') ?? [];
  module.require = require;
  require.main = isFile ? module : undefined;
  const made: FileModule = {
    require,
    module,
    exports: module.exports,
    __filename: isFile ? origin : undefined,
    __dirname: isFile ? path.dirname(origin) : undefined,
  };
  modules.set(origin, made);
  return made;
}

/** The code that stands for such a name in a function of a file; in another process or thread it is the name itself. */
export function moduleCode(filename: string, name: string): string {
  return `(globalThis[Symbol.for("${MODULE}")]?.(${JSON.stringify(filename)},"${name}")??${name})`;
}
