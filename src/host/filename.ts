import { fileURLToPath } from 'node:url';

/** The name of a document in tracebacks: its path, or its URI if it is not a file. */
export function filenameOf(uri: string): string {
  return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
}
