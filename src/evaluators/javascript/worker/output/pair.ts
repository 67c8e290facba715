/** Two open streams: the standard output and error of one command. */
export interface Pair {
  readonly number: number;
  readonly writeEnds: readonly [number, number];
  readonly isOpen: boolean;
  /** Takes the pair out of use: the host reads on until the last child that holds it has gone. Idempotent. */
  retire(): void;
}

/** Makes pairs, each with a number that was not used before. */
export interface PairMaker {
  /** Does ahead what would delay `take`. Resolves when it is done. */
  prepare(): Promise<void>;
  take(): Pair;
  /** A pair whose write ends are descriptors 1 and 2; undefined where these can't be replaced. */
  takeAsDescriptors(): Pair | undefined;
}
