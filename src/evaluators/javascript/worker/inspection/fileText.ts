import { readFileSync, statSync } from 'node:fs';
import type { FileText } from '../../../../protocol/output.js';

const MOST_BYTES = 2_000_000;

/** The text of a file, for a host on another machine that shows where an error was raised. */
export function fileText(file: string): FileText {
  try {
    const status = file.includes('\0') ? undefined : statSync(file, { throwIfNoEntry: false });
    if (!status?.isFile()) return { problem: 'missing' }; // reading anything else could last forever
    if (status.size > MOST_BYTES) return { problem: 'large' };
    const bytes = readFileSync(file);
    return bytes.includes(0) ? { problem: 'binary' } : { text: bytes.toString('utf8') };
  } catch {
    return { problem: 'denied' };
  }
}
