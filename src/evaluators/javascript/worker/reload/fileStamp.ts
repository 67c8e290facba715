import { statSync } from 'node:fs';

const stat = statSync;

/** Tells versions of a file apart; empty if it does not exist. */
export function fileStamp(file: string): string {
  try {
    const { mtimeMs, size } = stat(file);
    return `${String(mtimeMs)} ${String(size)}`;
  } catch {
    return '';
  }
}
