import type { EvaluatorInfo } from '../../protocol/output.js';
import type { MainMessage, SideMessage, WorkerMessage } from '../../protocol/worker.js';
import type { ExitStatus } from './childProcess.js';
import type { StreamIndex } from '../output/streamMerger.js';
import type { UnsentText } from './unsentText.js';

/** What a link reports, in the order of the events. After `exited` only streams that other processes still hold go on. */
export interface LinkHandler {
  message(message: WorkerMessage): void;
  /** What was written to a stream of a pair, markers included: a view that is only valid during the call. */
  data(pair: number, stream: StreamIndex, bytes: Buffer): void;
  /** No one holds that stream of the pair any more, or it can't be read. */
  streamEnded(pair: number, stream: StreamIndex): void;
  /** The process has ended, and left this; it may have been written to its pair too. Before `exited`. */
  left(piece: UnsentText): void;
  /** The process has ended, and all that it wrote has been delivered. */
  exited(status: ExitStatus): void;
}

/** The way to one evaluator process: control channels, output streams, signals, exit. */
export interface Link {
  readonly pid: number;
  readonly info: EvaluatorInfo;
  /** The token of the markers in the output streams. */
  readonly marker: string;
  /** What the process printed to its own streams before it took them into its hands, now that it has ended. */
  lastWords(): Promise<string>;
  /** Starts delivery. Called once. */
  open(handler: LinkHandler): void;
  send(message: MainMessage): void;
  sendSide(message: SideMessage): void;
  /** Interrupts command `id`, and whatever it started; no effect when it does not run any more. */
  interrupt(id: number): void;
  /** Tells the whole process group to end. */
  terminate(): void;
  /** Stops reading a pair's streams: whoever writes there gets an error from now on. */
  closePair(pair: number): void;
  /** Kills what is left of the process group, closes all streams and removes what was made for them. Idempotent. */
  dispose(): void;
}
