import path from 'node:path';
import { FifoReader } from './fifoReader.js';
import type { WorkerEndpoint, StreamReader, StreamSink } from './workerEndpoint.js';
import { nudge } from './interrupts/nudge.js';
import { makePrivateDirectory, type PrivateDirectory, removeDirectory } from './privateDirectory.js';
import type { ProcessGroup } from './processGroup.js';
import { readProgramNumber } from './programNumber.js';
import type { StreamIndex } from '../output/streamMerger.js';
import { type UnsentText, readUnsentText } from './unsentText.js';

/**
 * A directory that only this user can access: the control socket `c`, and FIFOs `N.0` and `N.1` that the worker
 * creates.
 */
export class FifoEndpoint implements WorkerEndpoint {
  readonly address: string;
  readonly #directory: PrivateDirectory;

  /** @throws EvaluatorStartError if the directory cannot be created. */
  constructor() {
    this.#directory = makePrivateDirectory();
    this.address = path.join(this.#directory.path, 'c');
  }

  read(pair: number, stream: StreamIndex, sink: StreamSink): StreamReader {
    return new FifoReader(path.join(this.#directory.path, `${String(pair)}.${String(stream)}`), sink);
  }

  left(): UnsentText | undefined {
    return readUnsentText(this.#directory.path);
  }

  program(): number | undefined {
    return readProgramNumber(this.#directory.path);
  }

  nudge(pid: number): boolean {
    return nudge(this.#directory.path, pid);
  }

  setGroup(group: ProcessGroup): void {
    this.#directory.ward.setGroup(group);
  }

  dispose(): void {
    removeDirectory(this.#directory.path);
    this.#directory.ward.release();
  }
}
