/** Where a command has stopped. Lines count from 1. */
export interface PausedAt {
  readonly file: string;
  readonly line: number;
}
