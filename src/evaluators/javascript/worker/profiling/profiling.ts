export interface Profiling {
  /** Where the command ends in its file, from 1. */
  readonly end: { readonly url: string; readonly line: number };
  readonly keep: (profile: string) => void;
}
