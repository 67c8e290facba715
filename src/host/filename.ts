import { fileURLToPath } from 'node:url';

/** The name of a document in tracebacks: its path, or its URI if it is not a file of this computer. */
export function filenameOf(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  try {
    return fileURLToPath(uri);
  } catch {
    return uri; // it is not valid, or names another computer on a system without such paths
  }
}
