import { existsSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** An editor's name for code without a file: `untitled:Untitled-1`, `vscode-notebook-cell:/home/ada/a.ipynb#W0`. */
const uri = /^[a-z][a-z0-9+.-]+:/i;

/** Where files are on this machine, by the names that a host on another machine has for them. */
const placesHere = new Map<string, string>();

/**
 * Where a command's file is on this machine, or would be, from now on: `there`, as a host on another machine supposes,
 * if its folder exists; in the working directory if that of its name does not exist either.
 */
export function followFile(filename: string, there: string | undefined): string {
  placesHere.delete(filename);
  if (!path.isAbsolute(filename)) return filename;
  const places = [...(there !== undefined && path.isAbsolute(there) ? [there] : []), filename];
  const place = places.find((each) => existsSync(path.dirname(each))) ?? path.resolve(path.basename(filename));
  if (place !== filename) placesHere.set(filename, place);
  return place;
}

/**
 * The path from which the imports and requires of a command are resolved, and that Node.js uses for it: its file or,
 * without one, a name next to the file that it belongs to, or else in the working directory.
 */
export function originOf(filename: string): string {
  const here = placesHere.get(filename);
  if (here !== undefined || path.isAbsolute(filename)) return here ?? filename;
  return path.join(folderOf(filename) ?? process.cwd(), uri.test(filename) ? encodeURIComponent(filename) : 'command');
}

/** The name for `vm`, which would treat other URIs as the address of a module. */
export function scriptNameOf(filename: string): string {
  const isOther = placesHere.has(filename) || (uri.test(filename) && !path.isAbsolute(filename));
  return isOther ? originOf(filename) : filename;
}

function folderOf(filename: string): string | undefined {
  const name = /^[^:]*:(?:\/\/[^/]*)?(\/[^?#]*)/.exec(filename)?.[1];
  if (name === undefined) return undefined;
  const folder = path.dirname(pathOf(name));
  return existsSync(folder) ? folder : undefined;
}

function pathOf(name: string): string {
  try {
    return fileURLToPath(`file://${name}`);
  } catch {
    return name; // what looks like an escape is not one
  }
}

/** The `import.meta` of a command. */
export function metaOf(filename: string): object {
  const origin = originOf(filename);
  const url = pathToFileURL(origin).href;
  const { resolve } = createRequire(origin);
  return {
    url,
    dirname: path.dirname(origin),
    ...(path.isAbsolute(filename) ? { filename: origin } : {}),
    resolve: (specifier: string) => addressOf(specifier, url, resolve),
  };
}

function addressOf(specifier: string, base: string, find: (specifier: string) => string): string {
  if (isBuiltin(specifier)) return specifier.startsWith('node:') ? specifier : `node:${specifier}`;
  if (/^(\.{0,2}\/|[a-z][a-z0-9+.-]*:)/i.test(specifier)) return new URL(specifier, base).href;
  return pathToFileURL(find(specifier)).href;
}
