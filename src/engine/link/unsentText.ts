import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { StreamIndex } from '../output/streamMerger.js';

/** Text that a worker had collected, but perhaps not yet written to its pair, when it died. */
export interface UnsentText {
  readonly pair: number;
  readonly stream: StreamIndex;
  /** The number of the `L` marker before the text in the stream, if it was written. */
  readonly number: number;
  readonly bytes: Buffer;
}

const header = /^(\d{8})([01])(\d{7})/;
const HEADER_LENGTH = 16;
/** Follows the text; never occurs in UTF-8. */
const BLANK = 0xff;

/** What is left in the file `text` of a session's directory; undefined if the worker never created one. */
export function readUnsentText(directory: string): UnsentText | undefined {
  try {
    return unsentTextIn(readFileSync(path.join(directory, 'text')));
  } catch {
    return undefined; // most sessions never print that much
  }
}

/** What the content of such a file says. */
export function unsentTextIn(file: Buffer): UnsentText | undefined {
  const match = header.exec(file.toString('latin1', 0, HEADER_LENGTH));
  if (!match) return undefined;
  const end = file.indexOf(BLANK, HEADER_LENGTH);
  return {
    pair: Number(match[1]),
    stream: match[2] === '0' ? 0 : 1,
    number: Number(match[3]),
    bytes: file.subarray(HEADER_LENGTH, end < 0 ? file.length : end),
  };
}
