/** What the start of a physical line is part of. */
export type LineKind = 'blank' | 'comment' | 'code' | 'continuation' | 'string';

/** One or more physical lines that Python joins by brackets, strings or backslashes. Lines count from 0. */
export interface LogicalLine {
  readonly startLine: number;
  readonly endLine: number;
  /** The last line that was read to find the end; the logical line is unchanged if all lines up to this one are. */
  readonly lookedAt: number;
  /** The column of the first character, with tabs expanded to multiples of 8. */
  readonly indent: number;
  /** The first word, or the first character if it does not start a word. */
  readonly word: string;
  /** Whether the line ends in a colon, and thus opens a block. */
  readonly opensBlock: boolean;
}
