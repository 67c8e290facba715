import { pathToFileURL } from 'node:url';

const folderUrl = pathToFileURL(__dirname).href;

/** Whether a function is the worker's, or one of Node.js that the user's code has not called. */
export function isHidden(url: string, isUsers: boolean): boolean {
  return url.startsWith(__dirname) || url.startsWith(folderUrl) || (url.startsWith('node:') && !isUsers);
}
