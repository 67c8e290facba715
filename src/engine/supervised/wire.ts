/** A stream of bytes in both directions. Nothing is read before `resume`. */
export interface Wire {
  /** `receive` gets what arrives, as views that are only valid during the call. */
  listen(receive: (chunk: Buffer) => void): void;
  /** No effect once the wire is closed. */
  write(bytes: Buffer): void;
  pause(): void;
  resume(): void;
  /** Nothing more is written here. */
  end(): void;
  destroy(): void;
  /** Settles when the other end is gone and everything that it sent has arrived here. */
  readonly closed: Promise<void>;
}
