import { appendFileSync, existsSync, mkdtempSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StreamIndex } from './output/streamMerger.js';

/** The paths of an execution's output and completion code. */
export interface ExecutionPaths {
  readonly stdout: string;
  readonly stderr: string;
  /** Empty or missing until the other files are complete; then it contains `DONE`. */
  readonly done: string;
}

/** The files of an execution: the given ones, which are emptied, and otherwise new ones in a temporary directory. */
export class ExecutionFiles {
  readonly paths: ExecutionPaths;
  #failure: Error | undefined;

  constructor({ stdout, stderr, done }: Partial<ExecutionPaths>) {
    const fresh = freshFiles();
    this.paths = { stdout: stdout ?? fresh('stdout'), stderr: stderr ?? fresh('stderr'), done: done ?? fresh('done') };
    // An old code must not be mistaken for this execution's. The file is created at the end, so its existence is also a
    // signal.
    if (existsSync(this.paths.done) && statSync(this.paths.done).isFile()) truncateSync(this.paths.done);
    writeFileSync(this.paths.stdout, '');
    writeFileSync(this.paths.stderr, '');
  }

  /**
   * Text that cannot be written is lost, and `finish` reports it: the writer is not responsible for it, and neither is
   * the next text.
   */
  append(stream: StreamIndex, text: string): void {
    try {
      appendFileSync(stream === 0 ? this.paths.stdout : this.paths.stderr, text);
    } catch (error) {
      this.#failure ??= error as Error;
    }
  }

  /** @throws the file system's error if the files are not complete; the done file then remains empty. */
  finish(code: string): void {
    if (this.#failure) throw this.#failure;
    writeFileSync(this.paths.done, code);
  }
}

/** Names files in one new directory, which is created when the first name is requested. */
function freshFiles(): (name: string) => string {
  let directory: string | undefined;
  return (name) => path.join((directory ??= mkdtempSync(path.join(tmpdir(), 'extsession-'))), name);
}
