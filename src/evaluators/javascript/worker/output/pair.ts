/** Two open streams: the standard output and error of one command. */
export interface Pair {
  readonly number: number;
  readonly writeEnds: readonly [number, number];
  readonly isOpen: boolean;
  /**
   * Closes our read ends, because the host has its own: without the host, writers get an error instead of waiting
   * forever.
   */
  leaveToHost(): void;
  /** Retires the pair: the host continues to read until the last child that holds it is gone. Idempotent. */
  retire(): void;
}

/** Creates pairs, each with a new number. */
export interface PairMaker {
  /** Does in advance what would delay `take`. Resolves when it is done. */
  prepare(): Promise<void>;
  take(): Pair;
  /** The pair for output without an owner. Its write ends are also descriptors 1 and 2, if these can be replaced. */
  takeForNobody(): Pair;
}
