/** What a physical line begins in. */
export type LineKind = 'blank' | 'comment' | 'code' | 'continuation' | 'string';

/** One or more physical lines that Python reads as one: joined by brackets, strings or backslashes. Lines count from 0. */
export interface LogicalLine {
  readonly startLine: number;
  readonly endLine: number;
  /** The last line that was looked at to find its end: it is the same as long as all lines up to there are. */
  readonly lookedAt: number;
  /** The column of its first character, tabs counted to multiples of 8. */
  readonly indent: number;
  /** Its first word, or its first character when that begins no word. */
  readonly word: string;
  /** Whether it ends in a colon, and so opens a block. */
  readonly opensBlock: boolean;
}
