import path from 'node:path';
import { filenameOf } from '../host/filename.js';
import { type FolderPair, pathsHere } from '../host/machines/folderPair.js';

/** What the debugger for Node.js takes for the same: the folder of a session there, and one of the workspace. */
export interface FolderRoots {
  readonly localRoot: string;
  readonly remoteRoot: string;
}

/** For a command of the file with that URI; undefined if no folder stands for another. */
export function folderRoots({ there, here }: FolderPair, uri: string | undefined): FolderRoots | undefined {
  const file = uri === undefined ? '' : filenameOf(uri);
  const localRoot = here.find((folder) => file.startsWith(folder + path.sep)) ?? here[0];
  return there === undefined || localRoot === undefined ? undefined : { localRoot, remoteRoot: there };
}

/** The name here of a file that may be in the folder there. */
export function fileHere(file: string, roots: FolderRoots | undefined): string {
  return (roots && pathsHere({ there: roots.remoteRoot, here: [roots.localRoot] }, file)[0]) ?? file;
}
