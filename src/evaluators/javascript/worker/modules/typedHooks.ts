/** Runs in the thread in which Node.js before 22.15 resolves and loads imports. */
import { pathToFileURL } from 'node:url';
import { useSpareCompiler } from '../compile/spareCompiler.js';
import { fileOf } from './typedFile.js';
import { importTyped } from './typedModule.js';

const ownFrames = /\n +at .*typedHooks\.cjs.*/g;

interface ResolveContext {
  readonly parentURL?: string;
}

export function initialize({ compiler }: { readonly compiler: string | undefined }): void {
  useSpareCompiler(compiler);
}

export async function resolve<Found>(
  specifier: string,
  context: ResolveContext,
  next: (specifier: string, context: ResolveContext) => Promise<Found>,
): Promise<Found> {
  try {
    return await next(specifier, context);
  } catch (error) {
    const file = fileOf(specifier, context.parentURL);
    if (file !== undefined) return next(pathToFileURL(file).href, context);
    if (error instanceof Error) error.stack = (error.stack ?? '').replaceAll(ownFrames, '');
    throw error;
  }
}

export function load<Context extends { readonly importAttributes?: { readonly type?: string } }>(
  url: string,
  context: Context,
  next: (url: string, context: Context) => unknown,
): unknown {
  const imported = importTyped(url, context.importAttributes?.type);
  return imported ? { ...imported, shortCircuit: true } : next(url, context);
}
