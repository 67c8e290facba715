import type { CellCode } from './cells/cells.js';
import type { SourceLanguage } from './languages.js';

/**
 * The code from the top-level statement at a line, or from the next one, to the end of the text. Lines count from 0.
 */
export function codeFromLine(language: SourceLanguage, text: string, line: number): CellCode {
  const start = language.topLevelLine(text, line);
  if (start === undefined) return { code: '', firstLine: line };
  return { code: language.wholeLines(text, start).trimEnd(), firstLine: start };
}

/** The code above the top-level statement at a line, or the whole text if no statement follows. */
export function codeAboveLine(language: SourceLanguage, text: string, line: number): CellCode {
  const first = language.topLevelLine(text, 0);
  const end = language.topLevelLine(text, line);
  if (first === undefined || first === end) return { code: '', firstLine: 0 };
  return {
    code: language.wholeLines(text, first, end === undefined ? undefined : end - 1).trimEnd(),
    firstLine: first,
  };
}

/** The code from the beginning to the end of the top-level statement at a line, or to a line between statements. */
export function codeThroughLine(language: SourceLanguage, text: string, line: number): CellCode {
  const start = language.topLevelLine(text, line);
  let below = line + 1;
  if (start !== undefined && start <= line) while (language.topLevelLine(text, below) === start) below++;
  const first = language.topLevelLine(text, 0);
  if (first === undefined || first >= below) return { code: '', firstLine: 0 };
  return { code: language.wholeLines(text, first, below - 1).trimEnd(), firstLine: first };
}
