import { AsyncLocalStorage } from 'node:async_hooks';
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { ExtSessionError } from './errors.js';
import { findEvaluator, type Scope } from './evaluator.js';
import { ExecutionFiles, type ExecutionPaths } from './executionFiles.js';
import type { StreamIndex } from './output/streamMerger.js';

/** The Node.js globals for the source; a new context only has those of JavaScript itself. */
const nodeGlobals = {
  AbortController,
  AbortSignal,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
  clearImmediate,
  clearInterval,
  clearTimeout,
  performance,
  queueMicrotask,
  setImmediate,
  setInterval,
  setTimeout,
  structuredClone,
};

let executions = 0;

/**
 * Runs JavaScript and TypeScript in this process, in a separate global scope that lasts as long as the object, and
 * writes the output of each execution to files: a lightweight sandbox for names and output. The source runs in the same
 * way as the commands of a session of that language: declarations are kept and can be repeated, and top-level `await`
 * and `import` work.
 *
 * **This is not a security boundary**: the source can access this whole process (as the documentation of `node:vm`
 * warns), can block it with a loop, and its timers continue to run. Run code that you do not trust in an `ExtSession`,
 * as another user or in a container.
 */
export class Session {
  readonly #scope: Scope;
  readonly #owner = new AsyncLocalStorage<ExecutionFiles>();

  /**
   * `globals` are additional names for the source, next to `console`, timers and a few others of Node.js. There is no
   * `require` and no `process`.
   * @throws ExtSessionError with code EVALUATOR_NOT_FOUND if the registered evaluator for JavaScript cannot run in this
   * process.
   */
  constructor({ globals = {} }: { readonly globals?: Readonly<Record<string, unknown>> } = {}) {
    const console = new Console({ stdout: this.#stream(0), stderr: this.#stream(1), colorMode: false });
    const scope = findEvaluator('javascript').openScope?.({ ...nodeGlobals, console, ...globals });
    if (!scope)
      throw new ExtSessionError('EVALUATOR_NOT_FOUND', 'The JavaScript evaluator cannot run in this process.');
    this.#scope = scope;
  }

  /**
   * Runs `source`, and waits for its value if that is a promise. What it writes to `console` goes to the given files,
   * which are emptied first, or to new temporary files, which the caller removes; what it throws goes to the stderr
   * file. When both are complete, the four characters `DONE` are written to the done file. Later output of timers and
   * promises is appended to the same files, or lost if they no longer exist. Errors of timers and unhandled rejections
   * are errors of this program, as without a `Session`: they end it, unless there is an `uncaughtException` handler.
   * @returns the three paths
   * @throws the file system's error if a file cannot be written; the others then contain as much as possible.
   */
  async execute(source: string, files: Partial<ExecutionPaths> = {}): Promise<ExecutionPaths> {
    const execution = new ExecutionFiles(files);
    const filename = `<execution ${String(++executions)}>`;
    try {
      await this.#owner.run(execution, () => this.#scope.run(source, filename));
    } catch (error) {
      execution.append(1, `Uncaught ${this.#textOf(error, source, filename)}\n`);
    }
    execution.finish('DONE');
    return execution.paths;
  }

  #textOf(error: unknown, source: string, filename: string): string {
    try {
      return this.#scope.textOf(error, source, filename);
    } catch {
      return 'an object that cannot be shown';
    }
  }

  #stream(index: StreamIndex): Writable {
    return new Writable({
      decodeStrings: false,
      write: (text: string, _encoding, written) => {
        this.#owner.getStore()?.append(index, text);
        written();
      },
    });
  }
}
