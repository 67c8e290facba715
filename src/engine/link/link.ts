import type { EvaluatorInfo } from '../../protocol/output.js';
import type { MainMessage, SideMessage, WorkerMessage } from '../../protocol/worker.js';
import type { ExitStatus } from './childProcess.js';
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
}

/** The connection to an evaluator process: control channels, output streams, signals, exit. */
export interface Link {
  readonly pid: number;
  readonly info: EvaluatorInfo;
  /** The token of the markers in the output streams. */
  readonly marker: string;
  /** What the process printed before it took over its own streams, called after it has ended. */
  lastWords(): Promise<string>;
  /** Starts delivery. Called once. */
  open(handler: LinkHandler): void;
  send(message: MainMessage): void;
  sendSide(message: SideMessage): void;
  /** Interrupts the command `id` and whatever it started; no effect if it does not run any more. */
  interrupt(id: number): void;
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
