import { stat } from 'node:fs/promises';
import { readTextFile } from '../readTextFile.js';

/** Larger files are not compared. */
const MOST_BYTES = 1 << 22;

/** Whether this machine has a file with the text that one of another machine has. */
export async function isSameHere(file: string, textThere: string): Promise<boolean> {
  try {
    return withPlainEnds(await readTextFile(file, MOST_BYTES)) === withPlainEnds(textThere);
  } catch {
    return false; // it is not here, or too large
  }
}

/** Those of the paths that are files. */
export async function filesAmong(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map((file) => stat(file).catch(() => undefined)));
  return paths.filter((_file, at) => found[at]?.isFile());
}

function withPlainEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
