import { AsyncLocalStorage } from 'node:async_hooks';
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import { type Context, Script, createContext } from 'node:vm';
import { ExecutionFiles, type ExecutionPaths } from './executionFiles.js';
import type { StreamIndex } from './streamMerger.js';

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

/**
 * Runs JavaScript in this process, in a global scope of its own that lasts as long as the object, with the output of each
 * execution in files: a very light sandbox for names and output. **It is no security boundary**: source can get at all
 * of this process (`node:vm` says so too), can block it with a loop, and its timers go on. Run what you do not trust in
 * an `ExtSession`, as another user or in a container.
 */
export class Session {
  private readonly context: Context;
  private readonly owner = new AsyncLocalStorage<ExecutionFiles>();
  private executions = 0;

  /** `globals` are what the source sees by those names, beside `console`, timers and a few of Node's; no `require`, no `process`. */
  constructor({ globals = {} }: { readonly globals?: Readonly<Record<string, unknown>> } = {}) {
    const console = new Console({ stdout: this.stream(0), stderr: this.stream(1), colorMode: false });
    const scope = Object.assign(Object.create(null) as object, nodeGlobals, { console }, globals);
    this.context = createContext(scope, { name: 'ExtSession' });
  }

  /**
   * Runs `source` as a script, and waits for its value when that is a promise; `import` and top-level `await` are not
   * to be had. What it writes to `console` goes to the given files, which are emptied first, or to fresh temporary ones,
   * which the caller removes; what it throws goes to the stderr file. When both are complete, the four characters `DONE`
   * are written to the done file. Output of timers and promises that comes later is appended to the same files, and lost
   * when they are gone by then. What a timer throws, and a rejection that nobody handles, are errors of this program, as
   * they are without a `Session`: they end it, unless `process.on('uncaughtException')` says otherwise.
   * @returns the three paths
   * @throws the file system's error when a file can't be written, with as much in the others as could be.
   */
  async execute(source: string, files: Partial<ExecutionPaths> = {}): Promise<ExecutionPaths> {
    const execution = new ExecutionFiles(files);
    const filename = `<execution ${String(++this.executions)}>`;
    try {
      await this.owner.run(execution, async () => {
        await new Script(source, { filename }).runInContext(this.context);
      });
    } catch (error) {
      execution.append(1, `Uncaught ${describe(error)}\n`);
    }
    execution.finish('DONE');
    return execution.paths;
  }

  private stream(index: StreamIndex): Writable {
    return new Writable({
      decodeStrings: false,
      write: (text: string, _encoding, written) => {
        this.owner.getStore()?.append(index, text);
        written();
      },
    });
  }
}

/** The error with its stack, as far as it is the source's own. */
function describe(error: unknown): string {
  try {
    const lines = inspect(error, { customInspect: false }).split('\n');
    const ours = lines.findIndex((line) => /^ +at (Script\.runInContext|new Script) \(node:vm:/.test(line));
    if (ours < 0) return lines.join('\n');
    const rest = lines.slice(ours).findIndex((line) => !/^ +at /.test(line));
    return [...lines.slice(0, ours), ...(rest < 0 ? [] : lines.slice(ours + rest))].join('\n');
  } catch {
    return 'an object that can not be shown';
  }
}
