import { pathOfUri, uriOfPath } from '../protocol/documentPath.js';

/** Sources are nowhere deeper in a message. */
const MOST_DEPTH = 8;

interface Source {
  name?: unknown;
  path?: unknown;
  sourceReference?: unknown;
}

/** Changes the documents without a file in a message of VS Code to the files that its debugger takes them for. */
export function nameFiles(message: unknown): void {
  eachSource(message, (source) => {
    const file = pathOfUri(String(source.path));
    if (file !== undefined) source.path = file;
  });
}

/** Changes them back in a message to VS Code, which then shows the editor. */
export function nameDocuments(message: unknown): void {
  eachSource(message, (source) => {
    const uri = uriOfPath(String(source.path));
    if (uri === undefined) return;
    source.path = uri;
    source.name = uri.replace(/^.*[:/\\]/, '');
    source.sourceReference = 0;
  });
}

function eachSource(value: unknown, change: (source: Source) => void, depth = 0): void {
  if (typeof value !== 'object' || value === null || depth > MOST_DEPTH) return;
  for (const [key, part] of Object.entries(value)) {
    if (key === 'source' && typeof part === 'object' && part !== null) change(part as Source);
    eachSource(part, change, depth + 1);
  }
}
