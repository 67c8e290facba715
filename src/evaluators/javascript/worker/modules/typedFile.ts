import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as TypeScript from '../compile/typescript.js';

const load = createRequire(__filename);

const TYPED = /\.(?:[cm]?ts|tsx|jsx)$/;
const DECLARATIONS = /\.d\.[cm]?ts$/;
const INSTALLED = `${path.sep}node_modules${path.sep}`;

/**
 * The file of an address if Node.js cannot load it by itself everywhere: TypeScript and JSX, apart from installed
 * packages.
 */
export function typedFile(url: string): string | undefined {
  if (!url.startsWith('file:')) return undefined;
  const file = fileURLToPath(url);
  return isTyped(file) ? file : undefined;
}

export function isTyped(file: string): boolean {
  return TYPED.test(file) && !DECLARATIONS.test(file) && !file.includes(INSTALLED);
}

/**
 * The file that TypeScript means by a path: it may have another extension, that of the JavaScript that it becomes, or
 * none, or it is a folder with an index.
 */
function fileMeant(named: string): string | undefined {
  return spellings(named).find((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

function spellings(named: string): string[] {
  const typed: Readonly<Record<string, readonly string[]>> = {
    '.js': ['.ts', '.tsx'],
    '.jsx': ['.tsx'],
    '.mjs': ['.mts'],
    '.cjs': ['.cts'],
  };
  const extension = path.extname(named);
  const stem = named.slice(0, named.length - extension.length);
  const others = ['.ts', '.tsx', '.js', '.jsx'];
  return [
    named,
    ...(typed[extension] ?? []).map((other) => stem + other),
    ...others.map((other) => named + other),
    ...others.map((other) => path.join(named, `index${other}`)),
  ];
}

/** The file that TypeScript means by a specifier which leads Node.js to none. */
export function fileOf(specifier: string, parent: string | undefined): string | undefined {
  if (parent?.startsWith('file:') !== true) return undefined;
  return pathsNamed(specifier, parent)
    .map(fileMeant)
    .find((file) => file !== undefined);
}

/** A relative or absolute specifier names one path; any other may be an alias. */
function pathsNamed(specifier: string, parent: string): string[] {
  if (!/^(?:\.{0,2}\/|\.{1,2}$|file:)/.test(specifier)) {
    if (/^[\w-]+:/.test(specifier)) return [];
    const { aliasedPaths } = load('./typescript.cjs') as typeof TypeScript;
    return aliasedPaths(specifier, path.dirname(fileURLToPath(parent)));
  }
  if (!URL.canParse(specifier, parent)) return [];
  const url = new URL(specifier, parent);
  return url.protocol === 'file:' ? [fileURLToPath(url)] : [];
}
