import type { StreamIndex } from '../output/streamMerger.js';
import type { UnsentText } from './unsentText.js';
import type { ProcessGroup } from './processGroup.js';

export interface StreamSink {
  /** Bytes as they arrive, as a view that is only valid during the call. */
  data(bytes: Buffer): void;
  /** No process can write there any more, or it cannot be read. Called once, after the reader was returned. */
  end(problem?: Error): void;
}

/** The host's end of a stream of a pair. */
export interface StreamReader {
  /** The worker has died: the next end of the stream is the last one. */
  expectEnd(): void;
  /** Delivers what has been written so far. */
  drain(): void | Promise<void>;
  /** Stops reading; later output is lost. Idempotent. */
  dispose(): void;
}

/** Where a worker finds its host: the address of the control channels, and the streams of its commands next to it. */
export interface WorkerEndpoint {
  readonly address: string;
  /** Reads a stream of a pair that the worker has announced. */
  read(pair: number, stream: StreamIndex, sink: StreamSink): StreamReader;
  /** Text that the dead worker had collected to write. */
  left(): UnsentText | undefined;
  /**
   * The number of the worker's program: odd while it runs, so that only a signal ends it. Undefined if the worker does
   * not tell.
   */
  program(): number | undefined;
  /** Has the worker read its side channel although its code keeps it busy, if it can; whether it is nudged. */
  nudge(pid: number): boolean;
  /** The process group to end if this process dies. Called once. */
  setGroup(group: ProcessGroup): void;
  /** Removes everything that was created. Idempotent. */
  dispose(): void;
}
