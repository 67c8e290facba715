import * as nodeModule from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { withPlainBuiltins } from '../builtins.js';
import { spareCompiler } from '../compile/spareCompiler.js';
import { fileOf, isTyped, typedFile } from './typedFile.js';
import { importTyped, loadTyped } from './typedModule.js';

interface ResolveContext {
  readonly conditions: readonly string[];
  readonly parentURL?: string;
}
interface LoadContext {
  readonly conditions: readonly string[];
  readonly importAttributes?: { readonly type?: string };
}
interface Found {
  readonly url: string;
  readonly shortCircuit?: boolean;
}
interface Hooks {
  resolve(
    specifier: string,
    context: ResolveContext,
    next: (specifier: string, context: ResolveContext) => Found,
  ): Found;
  load(url: string, context: LoadContext, next: (url: string, context: unknown) => unknown): unknown;
}
type Load = (module: NodeJS.Module & { _compile(code: string, file: string): unknown }, file: string) => void;

/** What Node.js has, and its types do not know: hooks in this thread since 22.15. */
const { registerHooks, Module } = nodeModule as unknown as {
  readonly registerHooks?: (hooks: Hooks) => void;
  readonly Module: {
    readonly _extensions: Record<string, Load>;
    _resolveFilename(request: string, parent: NodeJS.Module | undefined, ...others: readonly unknown[]): string;
  };
};

let areFollowed = false;

/**
 * From the first command on that may import TypeScript: its files are imported and required as its compilers and
 * bundlers do it, in every Node.js alike.
 */
export function followTypedModules(source: string, isTypeScript: boolean): void {
  if (areFollowed || !/\b(?:import|require)\b/.test(source)) return;
  if (!isTypeScript && !/\.(?:[cm]?ts|[jt]sx)\b/.test(source)) return;
  areFollowed = true;
  if (registerHooks) {
    registerHooks(hooks);
    return;
  }
  nodeModule.register(pathToFileURL(path.join(__dirname, 'typedHooks.cjs')), { data: { compiler: spareCompiler() } });
  followRequired();
}

const hooks: Hooks = {
  resolve: (specifier, context, next) => {
    try {
      return next(specifier, context);
    } catch (error) {
      const file = withPlainBuiltins(() => fileOf(specifier, context.parentURL));
      if (file === undefined) throw error;
      const { href: url } = pathToFileURL(file);
      return context.conditions.includes('require') ? { url, shortCircuit: true } : next(url, context);
    }
  },
  load: (url, context, next) => {
    const loaded = withPlainBuiltins(() => {
      if (!context.conditions.includes('require')) return importTyped(url, context.importAttributes?.type);
      const file = typedFile(url);
      return file === undefined ? undefined : loadTyped(file, { asCommonJs: true });
    });
    return loaded ? { ...loaded, shortCircuit: true } : next(url, context);
  },
};

/** `require` asks no hooks before Node.js 22.15. */
function followRequired(): void {
  const { _extensions: extensions } = Module;
  const resolve = Module._resolveFilename.bind(Module);
  const javascript = extensions['.js'];
  for (const extension of ['.ts', '.tsx', '.cts', '.jsx']) {
    extensions[extension] = (module, file) => {
      if (isTyped(file))
        module._compile(
          withPlainBuiltins(() => loadTyped(file, { asCommonJs: true }).source),
          file,
        );
      else javascript?.(module, file);
    };
  }
  Module._resolveFilename = (request, parent, ...others) => {
    try {
      return resolve(request, parent, ...others);
    } catch (error) {
      const from = parent?.filename ? pathToFileURL(parent.filename).href : undefined;
      const file = withPlainBuiltins(() => fileOf(request, from));
      if (file === undefined) throw error;
      return file;
    }
  };
}
