import { accessSync, constants } from 'node:fs';
import { posix, win32 } from 'node:path';

type Variables = Readonly<Record<string, string | undefined>>;

export interface PathSearch {
  readonly env: Variables;
  readonly platform?: NodeJS.Platform;
  readonly isProgram?: (file: string) => boolean;
}

/**
 * The first program on PATH with one of the names, of which an earlier one wins; undefined if there is none. On
 * Windows, the folder of links to the Microsoft Store comes last, and neither the current folder nor relative ones
 * count.
 */
export function programOnPath(
  names: readonly string[],
  { env, platform = process.platform, isProgram = isExecutable }: PathSearch,
): string | undefined {
  const path = platform === 'win32' ? win32 : posix;
  const folders = foldersOnPath(env, platform);
  for (const name of names) {
    const found = folders.map((folder) => path.join(folder, name)).find(isProgram);
    if (found) return found;
  }
  return undefined;
}

/** `file`, or where it is on PATH if Windows would look for it in the current folder first. */
export function programToStart(file: string, search: PathSearch): string {
  if ((search.platform ?? process.platform) !== 'win32' || file === '' || /[\\/:]/.test(file)) return file;
  const names = win32.extname(file) === '' ? [`${file}.exe`, `${file}.cmd`, `${file}.bat`, file] : [file];
  return (
    programOnPath(names, search) ?? win32.join(search.env.SystemRoot ?? 'C:\\Windows', 'System32', names[0] ?? file)
  );
}

function foldersOnPath(env: Variables, platform: NodeJS.Platform): string[] {
  if (platform !== 'win32') return (env.PATH ?? '').split(posix.delimiter).filter(Boolean);
  // The name is 'Path', and folders may be quoted.
  const name = Object.keys(env).find((each) => each.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = (env[name] ?? '').split(win32.delimiter).map((folder) => folder.replaceAll('"', ''));
  const absolute = folders.filter((folder) => /^([a-z]:[\\/]|\\\\)/i.test(folder));
  return [...absolute.filter((folder) => !isStore(folder)), ...absolute.filter(isStore)];
}

function isStore(folder: string): boolean {
  return /[\\/]microsoft[\\/]windowsapps[\\/]?$/i.test(folder);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
