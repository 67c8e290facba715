import type vm from 'node:vm';
import { withPlainBuiltins } from './builtins.js';
import { compile, compileExpression, type Place, type Program } from './compile/compile.js';
import { define, makeRoom, scope } from './globalScope.js';
import { callInterruptibly } from './interruption.js';
import { META } from './compile/moduleSyntax.js';
import { type FileModule, MODULE, type ModuleName, moduleNames, moduleOf } from './compile/fileModule.js';
import { metaOf } from './compile/origin.js';
import { suspendedLine } from './debugging/suspendedLine.js';
import { runProgram } from './runProgram.js';
import { rememberProgram } from './compile/programSources.js';
import { Turns } from './turns.js';

/** Suppresses Node's warning that the constant for the loader is experimental, which users cannot do anything about. */
export function acceptDefaultLoader(): void {
  const plain = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  process.emitWarning = (...args: unknown[]) => {
    withPlainBuiltins(() => {
      if (!String(args[0]).startsWith('vm.USE_MAIN_CONTEXT_DEFAULT_LOADER')) plain(...args);
    });
  };
}

/** The global scope of this process as a namespace in which commands run. */
export class Session {
  #kept: unknown;
  #module: FileModule | undefined;
  #endWait: ((reason: Error) => void) | undefined;
  /** The running command, if it waits at its top level. */
  #waiting: { readonly program: Program; readonly generator: object } | undefined;

  constructor() {
    define(Symbol.for(META), metaOf);
    define(Symbol.for(MODULE), (filename: string, name: ModuleName) =>
      this.#isUsers(name) ? scope[name] : moduleOf(filename)[name],
    );
  }

  /**
   * The value of the last expression as the only element, or an empty array. Rejects with what the code throws, or
   * Interrupted.
   */
  async run(source: string, place: Place): Promise<[] | [unknown]> {
    const program = compile(source, place);
    return await this.#start(program); // the promise itself would be asked for its `then`, which may be the user's
  }

  /** The value of a single expression, which may wait. */
  async evaluate(expression: string, place: Place): Promise<unknown> {
    return (await this.#start(compileExpression(expression, place)))[0];
  }

  /** The result of a function of the user, possibly a promise's. Rejects with what it throws, or Interrupted. */
  async call<Result>(run: () => Result | Promise<Result>): Promise<Result> {
    const result = callInterruptibly(run);
    return result instanceof Promise ? await this.#interruptibly(result) : result;
  }

  has(name: string): boolean {
    return name in scope;
  }

  get(name: string): unknown {
    return scope[name];
  }

  /** Makes a value the `_` of later commands, as in other consoles, unless the user has defined `_`. */
  keep(value: unknown): void {
    if (scope._ !== this.#kept) return;
    this.#kept = value;
    scope._ = value;
  }

  /** Ends the wait of the running command, if it waits. */
  endWait(reason: Error): void {
    this.#endWait?.(reason);
  }

  /** Where the running command waits, in the form of a stack; empty if that is unknown. */
  whereItWaits(): string {
    if (!this.#waiting) return '';
    const { program, generator } = this.#waiting;
    const line = suspendedLine(generator);
    return line === undefined ? '' : `    at await (${program.filename}:${String(line + 1)})`;
  }

  async #start(program: Program): Promise<[] | [unknown]> {
    this.#useModuleOf(program.filename);
    rememberProgram(program);
    program.names.forEach(makeRoom);
    await this.#interruptibly(eventsSoFar()); // an interrupt that arrived before now would not be seen by the running code
    const turns = new Turns();
    try {
      return await withPlainBuiltins(() =>
        runProgram(program, {
          scope,
          mayImport: () => true,
          run: (scripts) => callInterruptibly(() => runAll(scripts)),
          waits: (generator) => (this.#waiting = { program, generator }),
          resume: (step) => this.#resume(step, turns),
        }),
      );
    } finally {
      this.#waiting = undefined;
    }
  }

  /**
   * Resumes a command after a wait so that it can be interrupted. This costs a thread each time, so a command that
   * hardly waits is resumed without one, and can be interrupted at its turns.
   */
  async #resume<Result>(step: () => Promise<Result>, turns: Turns): Promise<Result> {
    if (turns.isDue()) await this.#interruptibly(turns.take());
    return await this.#interruptibly(turns.areTight ? step() : callInterruptibly(step));
  }

  async #interruptibly<Result>(wait: Promise<Result>): Promise<Result> {
    const first = withPlainBuiltins(() => {
      wait.catch(() => undefined); // after an interrupt, nobody else handles it
      const ended = new Promise<never>((_resolve, reject) => (this.#endWait = reject));
      return Promise.race([wait, ended]);
    });
    try {
      return await first;
    } finally {
      this.#endWait = undefined;
    }
  }

  /** `require`, `module` and the like are those of the command's file, unless the user has variables of these names. */
  #useModuleOf(filename: string): void {
    const own = moduleOf(filename);
    if (own === this.#module) return;
    for (const name of moduleNames) {
      if (this.#isUsers(name)) continue;
      if (own[name] === undefined) Reflect.deleteProperty(scope, name);
      else define(name, own[name]);
    }
    Reflect.set(process, 'mainModule', own.require.main); // the `require.main` of modules that are required from now on
    this.#module = own;
  }

  #isUsers(name: ModuleName): boolean {
    return name in scope && scope[name] !== this.#module?.[name];
  }
}

/** The value of the last one. It runs among the user's builtins. */
function runAll(scripts: readonly vm.Script[]): unknown {
  let value: unknown;
  // oxlint-disable-next-line typescript/prefer-for-of -- that would call the user's iterator
  for (let index = 0; index < scripts.length; index++) {
    value = scripts[index]?.runInThisContext({ displayErrors: false });
  }
  return value;
}

function eventsSoFar(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
