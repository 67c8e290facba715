/**
 * What debuggers of JavaScript take for the files of documents that have none, such as an editor that was never saved:
 * each is called like its URI, encoded, in a folder that does not exist. Node.js knows them in the working directory.
 */
const FOLDER = 'extsessiondocuments';
const path = new RegExp(String.raw`^(?:[A-Za-z]:)?[/\\]${FOLDER}[/\\]([^/\\]+)$`);
const name = /^file:\/\/.*\/([a-z][a-z0-9+.-]+%253A[^/]*)$/i;
const uri = /^[a-z][a-z0-9+.-]+:/i;
/** The start of a regular expression for one, in which slashes may have a backslash. */
const start = new RegExp(String.raw`file:(?:\\?/){3}${FOLDER}(?=\\?/)`, 'g');

/** The address that a debugger knows a script by. */
export function addressOfScript(url: string): string {
  const [, encoded] = name.exec(url) ?? [];
  return encoded === undefined ? url : `file:///${FOLDER}/${encoded}`;
}

/** For the addresses of scripts that Node.js knows, instead of those that debuggers do. */
export function patternForScripts(pattern: string): string {
  return pattern.replace(start, 'file:.*');
}

/** The URI of the document that a debugger takes for that file, if it is one. */
export function uriOfPath(file: string): string | undefined {
  const [, encoded] = path.exec(file) ?? [];
  return encoded === undefined ? undefined : decodeURIComponent(encoded);
}

/** The file that a debugger takes the document for; undefined if it has a file. */
export function pathOfUri(document: string): string | undefined {
  const isOther = uri.test(document) && !document.startsWith('file:');
  return isOther ? `/${FOLDER}/${encodeURIComponent(document)}` : undefined;
}
