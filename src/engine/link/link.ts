import type { SessionDetachedError } from '../errors.js';
import type { EvaluatorInfo } from '../../protocol/output.js';
import type { MainMessage, Request, SideMessage, WorkerMessage } from '../../protocol/worker.js';
import type { ExitStatus } from './childProcess.js';
import type { Attachment } from '../supervised/attachment.js';
import type { SessionReference } from '../supervised/sessionReference.js';
import type { StreamIndex } from '../output/streamMerger.js';
import type { UnsentText } from './unsentText.js';

/**
 * What a link reports, in the order of the events. After `exited`, only streams that other processes still hold
 * continue.
 */
export interface LinkHandler {
  message(message: WorkerMessage): void;
  /** What was written to a stream of a pair, including markers, as a view that is only valid during the call. */
  data(pair: number, stream: StreamIndex, bytes: Buffer): void;
  /** No process holds that stream of the pair any more, or it cannot be read. */
  streamEnded(pair: number, stream: StreamIndex): void;
  /** The process has ended and left this text, which may also have been written to its pair. Called before `exited`. */
  left(piece: UnsentText): void;
  /** The process has ended, and everything that it wrote has been delivered. */
  exited(status: ExitStatus): void;
  /** A request that was sent ahead begins; `at` is in milliseconds since the epoch. */
  begun(id: number, at: number): void;
  /** A request that was sent ahead will not run. */
  cancelled(id: number): void;
  /** The session goes on, but not with this host. */
  detached(error: SessionDetachedError): void;
}

export type InputAnswer = Extract<SideMessage, { t: 'input' }>;

/** What an answer does to the lines that are written ahead. */
export interface LinesChange {
  /** 1 if it is the first of them. */
  readonly used: 0 | 1;
  /** Those that come before them now. */
  readonly more: readonly string[];
}

/** The other end of a link that takes requests before the last one has ended, and that goes on without this process. */
export interface RequestsAhead {
  /** Of the current process; undefined if it ends with this one. */
  readonly reference: SessionReference | undefined;
  /** How things are, for a handler that has not seen what came before. */
  readonly attachment: Attachment;
  /** Whether the process ended before this host was there. */
  readonly hasEndedAlone: boolean;
  /** Whether what is being delivered has already been kept by an earlier host. */
  readonly isStored: boolean;
  /** When the reply that is being delivered was given, in milliseconds since the epoch. */
  readonly repliedAt: number | undefined;
  /** `note` is handed to the next host. */
  submit(request: Request, executionCount: number, note: unknown): void;
  /** Takes a request back, unless it has begun; `cancelled` or `begun` follows. */
  cancel(id: number): void;
  /** Adds to the lines of input that are written ahead, which the process keeps for the next host. */
  writeLines(lines: readonly string[]): void;
  answerInput(message: InputAnswer, lines: LinesChange): void;
  /** What came of these requests is complete here, and need not come again. */
  over(id: number): void;
  /** Lets go of the process. Resolves when everything that was sent has been received. */
  detach(): Promise<void>;
}

/** The connection to an evaluator process: control channels, output streams, signals, exit. */
export interface Link {
  readonly pid: number;
  readonly info: EvaluatorInfo;
  /** The process whose children are to be looked at from here, if it does not tell how much memory they have had. */
  readonly childrenOf?: number | undefined;
  /** The token of the markers in the output streams. */
  readonly marker: string;
  /** Absent if requests are sent one at a time. */
  readonly ahead?: RequestsAhead;
  /** What the process printed before it took over its own streams, called after it has ended. */
  lastWords(): Promise<string>;
  /** Starts delivery. Called once. */
  open(handler: LinkHandler): void;
  send(message: MainMessage): void;
  sendSide(message: SideMessage): void;
  /** Interrupts the command `id` and whatever it started; no effect if it does not run any more. */
  interrupt(id: number): void;
  /** Has the process read its side channel although its code keeps it busy, if it can; whether it is nudged. */
  nudge(): boolean;
  /** Terminates the whole process group. */
  terminate(): void;
  /** Stops reading the streams of a pair: whoever writes there gets an error from now on. */
  closePair(pair: number): void;
  /**
   * Kills what is left of the process group, closes all streams and removes everything that was created for them.
   * Idempotent.
   */
  dispose(): void;
}
