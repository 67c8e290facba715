import path from 'node:path';

/** Where a session is on another machine, and what there is of it here: files below have the same place in both. */
export interface FolderPair {
  /** The folder there; undefined if nobody has chosen one. */
  readonly there: string | undefined;
  /** The folders of the workspace. */
  readonly here: readonly string[];
}

/** What a file there may be here. Any code can name any file. */
export function pathsHere({ there, here }: FolderPair, file: string): string[] {
  const below = there === undefined ? '' : path.posix.relative(there, file);
  return isBelow(below) ? here.map((folder) => path.join(folder, below)) : [];
}

/** Where a file of the workspace is there, if it is. */
export function pathThere({ there, here }: FolderPair, file: string): string | undefined {
  if (there === undefined || !path.isAbsolute(file)) return undefined;
  const below = here.map((folder) => path.relative(folder, file)).find(isBelow);
  return below === undefined ? undefined : path.posix.join(there, below.replaceAll(path.sep, '/'));
}

/** Whether a relative path leads into its folder. */
function isBelow(relative: string): boolean {
  return relative !== '' && !/^\.\.(?:[\\/]|$)/.test(relative) && !path.isAbsolute(relative);
}
