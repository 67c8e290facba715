import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import { compile, compileExpression, type Place, type Program } from './compile.js';
import { currentCommand, owner } from './command.js';
import { rememberProgram } from './sources.js';

/** The wait of a command was cut short, or its code was ended in the middle. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('The command was interrupted.');
  }
}

const RESUME = Symbol.for('extsession.resume');
const resumption = new vm.Script(`globalThis[Symbol.for('${String(RESUME.description)}')]()`, {
  filename: __filename, // ours: not part of anyone's traceback
});

const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;

/** Node warns that the loader's constant is new; that is nothing that the person could do something about. */
export function acceptDefaultLoader(): void {
  const plain = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  process.emitWarning = (...args: unknown[]) => {
    if (!String(args[0]).startsWith('vm.USE_MAIN_CONTEXT_DEFAULT_LOADER')) plain(...args);
  };
}

type Generator = AsyncGenerator<unknown, [unknown] | undefined>;

/** The global scope of this process as a namespace in which commands run. */
export class Session {
  private kept: unknown;
  private base: string | undefined;
  private interruptWait: (() => void) | undefined;

  /** The value of a last expression as the one element, else nothing. Rejects with what the code throws, or Interrupted. */
  async run(source: string, place: Place): Promise<[] | [unknown]> {
    const program = compile(source, place);
    return this.start(program);
  }

  /** The value of one expression; it may wait. */
  async evaluate(expression: string, place: Place): Promise<unknown> {
    const [value] = await this.start(compileExpression(expression, place));
    return value;
  }

  has(name: string): boolean {
    return name in globalThis;
  }

  get(name: string): unknown {
    return (globalThis as Record<string, unknown>)[name];
  }

  /** Makes a value the `_` of later commands, as in any console, unless the person has an `_` of their own. */
  keep(value: unknown): void {
    const scope = globalThis as { _?: unknown };
    if (scope._ !== this.kept) return;
    this.kept = value;
    scope._ = value;
  }

  /** Ends the wait of the command that runs, if it waits. */
  interrupt(): void {
    this.interruptWait?.();
  }

  private async start(program: Program): Promise<[] | [unknown]> {
    this.useRequireOf(program.filename);
    rememberProgram(program);
    program.names.forEach(makeRoom);
    const script = new vm.Script(program.rewritten.code, {
      filename: program.filename,
      lineOffset: program.firstLine - 1,
      importModuleDynamically,
    });
    await this.interruptibly(eventsSoFar()); // an interrupt that came until now would not be seen by what runs
    const value = interruptible(
      () => script.runInThisContext({ breakOnSigint: true, displayErrors: false }) as unknown,
    );
    if (program.kind === 'script') return program.hasValue ? [value] : [];
    const generator = (value as (this: unknown) => Generator).call(globalThis);
    return (await this.drive(generator)) ?? [];
  }

  /** Resumes a command after each of its waits, so that what it does then can be interrupted as well. */
  private async drive(generator: Generator): Promise<[unknown] | undefined> {
    let sent: unknown;
    for (;;) {
      const step = await this.interruptibly(resume(() => generator.next(sent)));
      if (step.done) return step.value;
      sent = step.value;
    }
  }

  private async interruptibly<Result>(wait: Promise<Result>): Promise<Result> {
    wait.catch(() => undefined); // after an interrupt nobody else looks
    const interrupted = new Promise<never>((_resolve, reject) => {
      this.interruptWait = () => {
        reject(new Interrupted());
      };
    });
    try {
      return await Promise.race([wait, interrupted]);
    } finally {
      this.interruptWait = undefined;
    }
  }

  /** `require` finds what the command's file would find. */
  private useRequireOf(filename: string): void {
    const base = path.isAbsolute(filename) ? filename : path.join(process.cwd(), 'command');
    if (base === this.base && 'require' in globalThis) return;
    this.base = base;
    define('require', createRequire(base));
  }
}

/** Adds a global that programs may replace, and that listings of the person's variables leave out. */
export function define(name: string | symbol, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
}

/** A built-in that is an accessor, such as `crypto`, gives way to a declaration of its name. */
function makeRoom(name: string): void {
  const found = Object.getOwnPropertyDescriptor(globalThis, name);
  if (found?.get && found.configurable) define(name, undefined);
}

function eventsSoFar(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function resume<Result>(step: () => Promise<Result>): Promise<Result> {
  const command = currentCommand();
  define(RESUME, () => (command ? owner.run(command, step) : step()));
  return interruptible(
    () => resumption.runInThisContext({ breakOnSigint: true, displayErrors: false }) as Promise<Result>,
  );
}

function interruptible<Result>(run: () => Result): Result {
  hideListeners();
  try {
    return run();
  } catch (error) {
    const { code } = (error ?? {}) as NodeJS.ErrnoException;
    throw code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED' ? new Interrupted() : error;
  } finally {
    renewListeners();
  }
}

/**
 * Node takes SIGINT's listeners away before it watches for the signal by itself, and one that comes in between ends the
 * process. Where it sees none, it leaves them alone; it looks once.
 */
function hideListeners(): void {
  const plain = process.listenerCount.bind(process);
  process.listenerCount = (...args) => {
    Reflect.deleteProperty(process, 'listenerCount');
    return args[0] === 'SIGINT' ? 0 : plain(...args);
  };
}

/** Node has put SIGINT's default in the place of what listens to it. */
function renewListeners(): void {
  Reflect.deleteProperty(process, 'listenerCount');
  const listeners = process.rawListeners('SIGINT') as NodeJS.SignalsListener[];
  process.removeAllListeners('SIGINT');
  for (const listener of listeners) process.on('SIGINT', listener);
}
