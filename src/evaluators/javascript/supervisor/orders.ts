/** What the host hands to the supervisor when it starts it. */
export interface Orders {
  /** Only this user can access it; the supervisor removes it. */
  readonly directory: string;
  /** What the worker, the markers in its output, and a host are recognized by. */
  readonly token: string;
  readonly marker: string;
  readonly secret: string;
  /** The worker's program and its arguments. */
  readonly argv: readonly [string, ...string[]];
  /** Variables in addition to those of the supervisor; null removes a variable. */
  readonly env: Readonly<Record<string, string | null>>;
  /** How long the session goes on without a host; null is without end. */
  readonly keepAliveMs: number | null;
  /** How much longer its commands may run; null is without end. */
  readonly keepRunningMs: number | null;
  /** Whether the session ends when its host goes. */
  readonly endsWithHost?: boolean;
  /** What a host on another machine may leave unread at first; absent if hosts are on this one. */
  readonly window?: number;
  /** How much is kept for a host that is away. */
  readonly journalBytes: number;
  /** The program that cleans up if the supervisor is killed. */
  readonly guardian: readonly [string, ...string[]];
  /** What a host that attaches wants to know. */
  readonly about: unknown;
}
