import { AsyncLocalStorage } from 'node:async_hooks';
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { ExtSessionError } from './errors.js';
import { findEvaluator, type Scope } from './evaluator.js';
import { ExecutionFiles, type ExecutionPaths } from './executionFiles.js';
import type { StreamIndex } from './output/streamMerger.js';

/** What the source may use of Node's globals; a fresh context has only those of JavaScript itself. */
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
 * Runs JavaScript and TypeScript in this process, in a global scope of its own that lasts as long as the object, with the
 * output of each execution in files: a very light sandbox for names and output. Sources are run by what runs the commands of
 * a session of that language: declarations stay and can be repeated, top-level `await` and `import` work.
 *
 * **It is no security boundary**: source can get at all of this process (`node:vm` says so too), can block it with a loop,
 * and its timers go on. Run what you do not trust in an `ExtSession`, as another user or in a container.
 */
export class Session {
  readonly #scope: Scope;
  readonly #owner = new AsyncLocalStorage<ExecutionFiles>();

  /**
   * `globals` are what the source sees by those names, beside `console`, timers and a few of Node's; no `require`, no
   * `process`.
   * @throws ExtSessionError with code EVALUATOR_NOT_FOUND when the registered evaluator for JavaScript has no scopes here.
   */
  constructor({ globals = {} }: { readonly globals?: Readonly<Record<string, unknown>> } = {}) {
    const console = new Console({ stdout: this.#stream(0), stderr: this.#stream(1), colorMode: false });
    const scope = findEvaluator('javascript').openScope?.({ ...nodeGlobals, console, ...globals });
    if (!scope)
      throw new ExtSessionError('EVALUATOR_NOT_FOUND', 'The JavaScript evaluator cannot run in this process.');
    this.#scope = scope;
  }

  /**
   * Runs `source`, and waits for its value when that is a promise. What it writes to `console` goes to the given files, which
   * are emptied first, or to fresh temporary ones, which the caller removes; what it throws goes to the stderr file. When both
   * are complete, the four characters `DONE` are written to the done file. Output of timers and promises that comes later is
   * appended to the same files, and lost when they are gone by then. What a timer throws, and a rejection that nobody handles,
   * are errors of this program, as they are without a `Session`: they end it, unless `process.on('uncaughtException')` says
   * otherwise.
   * @returns the three paths
   * @throws the file system's error when a file can't be written, with as much in the others as could be.
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
      return 'an object that can not be shown';
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
