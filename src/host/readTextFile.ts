import { readFile, stat } from 'node:fs/promises';

/**
 * The text of a file that the workspace or a setting names: a FIFO or a device could block whoever reads it.
 * @throws the system's error, or Error if it is no regular file or larger than `most` bytes.
 */
export async function readTextFile(file: string, most: number): Promise<string> {
  const found = await stat(file);
  if (!found.isFile()) throw new Error('It is not a regular file.');
  if (found.size > most) throw new Error(`It has more than ${String(most)} bytes.`);
  return readFile(file, 'utf8');
}
