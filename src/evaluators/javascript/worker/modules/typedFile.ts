import { statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPED = /\.(?:[cm]?ts|tsx|jsx)$/;
const DECLARATIONS = /\.d\.[cm]?ts$/;
const INSTALLED = `${path.sep}node_modules${path.sep}`;

/** The file of an address if Node.js cannot load it by itself everywhere: TypeScript and JSX, apart from installed packages. */
export function typedFile(url: string): string | undefined {
  if (!url.startsWith('file:')) return undefined;
  const file = fileURLToPath(url);
  return isTyped(file) ? file : undefined;
}

export function isTyped(file: string): boolean {
  return TYPED.test(file) && !DECLARATIONS.test(file) && !file.includes(INSTALLED);
}

/**
 * The file that TypeScript means by a path to which Node.js has found none: its extension is left out or that of the
 * JavaScript that it becomes, or it is a folder with an index.
 */
export function fileMeant(named: string): string | undefined {
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
    ...(typed[extension] ?? []).map((other) => stem + other),
    ...others.map((other) => named + other),
    ...others.map((other) => path.join(named, `index${other}`)),
  ];
}

/** The path that a relative or absolute specifier names; a package has none. */
export function pathNamed(specifier: string, parent: string | undefined): string | undefined {
  if (parent?.startsWith('file:') !== true || !/^(?:\.{0,2}\/|\.{1,2}$|file:)/.test(specifier)) return undefined;
  if (!URL.canParse(specifier, parent)) return undefined;
  const url = new URL(specifier, parent);
  return url.protocol === 'file:' ? fileURLToPath(url) : undefined;
}
