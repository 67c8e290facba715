import type { StreamIndex } from '../output/streamMerger.js';
import type { UnsentText } from './unsentText.js';
import type { ProcessGroup } from './processGroup.js';

export interface StreamSink {
  /** Bytes as they come: a view that is only valid during the call. */
  data(bytes: Buffer): void;
  /** No process can write there any more, or what they write can't be read: called once, after the reader was returned. */
  end(problem?: Error): void;
}

/** The host's end of one stream of a pair. */
export interface StreamReader {
  /** The worker has died: the next end of the stream is the last. */
  expectEnd(): void;
  /** Delivers what has been written so far. */
  drain(): void | Promise<void>;
  /** Stops reading; what comes later is lost. Idempotent. */
  dispose(): void;
}

/** Where a worker finds its host: the address of the control channels, and beside it the streams of its commands. */
export interface WorkerEndpoint {
  readonly address: string;
  /** Reads one stream of a pair that the worker has announced. */
  read(pair: number, stream: StreamIndex, sink: StreamSink): StreamReader;
  /** Text that the worker, now dead, had gathered to write. */
  left(): UnsentText | undefined;
  /** What is to be ended should this process die. Called once. */
  setGroup(group: ProcessGroup): void;
  /** Removes what was made. Idempotent. */
  dispose(): void;
}
