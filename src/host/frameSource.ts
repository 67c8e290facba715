import { stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { filenameOf } from './filename.js';

/** What the editor can show for a file of a traceback, or why it shows nothing. */
export type FrameSource =
  | { readonly kind: 'document'; readonly uri: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'otherComputer' }
  | { readonly kind: 'missing' };

export interface Known {
  /** The URIs of the documents that are open. */
  readonly documents: readonly string[];
  /** The paths of the folders of the workspace. */
  readonly folders: readonly string[];
}

/**
 * Finds the source of a frame. Any code can name any file in a traceback, so only open documents and existing files
 * count. Nothing is asked of another computer, which would log on to it, unless the workspace is there.
 */
export async function frameSource(file: string, { documents, folders }: Known): Promise<FrameSource> {
  const document = documents.find((uri) => uri === file || filenameOf(uri) === file);
  if (document !== undefined) return { kind: 'document', uri: document };
  const location = /^file:/i.test(file) ? pathOf(file) : file;
  if (location === undefined) return { kind: 'missing' };
  if (!path.isAbsolute(location)) return (await inFolders(location, folders)) ?? { kind: 'missing' };
  const share = shareOf(location);
  if (share !== undefined && !folders.some((folder) => shareOf(folder) === share)) return { kind: 'otherComputer' };
  return (await isFile(location)) ? { kind: 'file', path: location } : { kind: 'missing' };
}

/** A relative name, as test reports and linters print it. */
async function inFolders(name: string, folders: readonly string[]): Promise<FrameSource | undefined> {
  if (isNoPath(name)) return undefined;
  for (const folder of folders) {
    const candidate = path.join(folder, name);
    if (await isFile(candidate)) return { kind: 'file', path: candidate };
  }
  return undefined;
}

/** Whether it is '<stdin>', or a URI. */
export function isNoPath(name: string): boolean {
  return /^<|^[a-z][\w+.-]+:/i.test(name);
}

function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined; // it is no valid URI, or names another computer on a system without such paths
  }
}

/** The computer and the share of a path such as `\\server\share\file`. */
function shareOf(location: string): string | undefined {
  const [, computer, share = ''] = /^[\\/]{2}([^\\/]+)[\\/]*([^\\/]*)/.exec(location) ?? [];
  return computer === undefined ? undefined : `${computer}/${share}`.toLowerCase();
}

async function isFile(location: string): Promise<boolean> {
  try {
    return (await stat(location)).isFile(); // a FIFO or a device could block whoever reads it
  } catch {
    return false;
  }
}
