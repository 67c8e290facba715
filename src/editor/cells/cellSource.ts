/** Jupytext's names. */
export type CellFormat = 'percent' | 'light';

/** What a user can set about cells. */
export interface CellOptions {
  /**
   * A regular expression for the start of a marker, such as `^# ---`. The usual ones are used if it is blank, invalid
   * or slow.
   */
  readonly marker?: string;
  /** Whether paragraphs are cells in Python files without markers, as in Jupytext's light format. */
  readonly format?: CellFormat;
}

/** What finding cells needs to know of a text. Lines count from 0. */
export interface CellSource {
  readonly lineCount: number;
  lineText(line: number): string;
  /** Lines that are nothing but a comment which begins there. */
  readonly commentLines: readonly number[];
  /** Whether there is code, not only comments, on lines from the first to the last. */
  holdsCode(firstLine: number, lastLine: number): boolean;
  /** What begins a cell if the user has not set a marker. */
  readonly usualMarker: RegExp;
}
