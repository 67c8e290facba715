import { fileURLToPath } from 'node:url';

/** What tracebacks call a document: its path, or its URI when it is no file. */
export function filenameOf(uri: string): string {
  return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
}
