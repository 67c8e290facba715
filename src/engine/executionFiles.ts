import { appendFileSync, existsSync, mkdtempSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StreamIndex } from './output/streamMerger.js';

/** Where one execution's output and its completion code are. */
export interface ExecutionPaths {
  readonly stdout: string;
  readonly stderr: string;
  /** Empty or not there until the others are complete; then it holds `DONE`. */
  readonly done: string;
}

/** The files of one execution: those that are given, emptied, and fresh ones in a temporary directory for the rest. */
export class ExecutionFiles {
  readonly paths: ExecutionPaths;
  #failure: Error | undefined;

  constructor({ stdout, stderr, done }: Partial<ExecutionPaths>) {
    const fresh = freshFiles();
    this.paths = { stdout: stdout ?? fresh('stdout'), stderr: stderr ?? fresh('stderr'), done: done ?? fresh('done') };
    // A code from before must not pass for this execution's; it is made at the end, so that its existence tells too.
    if (existsSync(this.paths.done) && statSync(this.paths.done).isFile()) truncateSync(this.paths.done);
    writeFileSync(this.paths.stdout, '');
    writeFileSync(this.paths.stderr, '');
  }

  /** What can't be written is lost, and `finish` says so: it is no fault of the one who writes, nor of the next text. */
  append(stream: StreamIndex, text: string): void {
    try {
      appendFileSync(stream === 0 ? this.paths.stdout : this.paths.stderr, text);
    } catch (error) {
      this.#failure ??= error as Error;
    }
  }

  /** @throws the file system's error when the files are not complete; the done file stays empty then. */
  finish(code: string): void {
    if (this.#failure) throw this.#failure;
    writeFileSync(this.paths.done, code);
  }
}

/** Names files in one new directory, which is made when the first is asked for. */
function freshFiles(): (name: string) => string {
  let directory: string | undefined;
  return (name) => path.join((directory ??= mkdtempSync(path.join(tmpdir(), 'extsession-'))), name);
}
