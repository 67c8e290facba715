import { createRequire } from 'node:module';
import type vm from 'node:vm';
import { compile, compileExpression, type Place, type Program } from './compile/compile.js';
import { define, makeRoom, scope } from './globalScope.js';
import { callInterruptibly, Interrupted } from './interruption.js';
import { META } from './compile/moduleSyntax.js';
import { metaOf, originOf } from './compile/origin.js';
import { runProgram } from './runProgram.js';
import { rememberProgram } from './compile/programSources.js';
import { Turns } from './turns.js';

/** Node warns that the loader's constant is new; that is nothing that the person could do something about. */
export function acceptDefaultLoader(): void {
  const plain = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  process.emitWarning = (...args: unknown[]) => {
    if (!String(args[0]).startsWith('vm.USE_MAIN_CONTEXT_DEFAULT_LOADER')) plain(...args);
  };
}

/** The global scope of this process as a namespace in which commands run. */
export class Session {
  #kept: unknown;
  #base: string | undefined;
  #interruptWait: (() => void) | undefined;

  constructor() {
    define(Symbol.for(META), metaOf);
  }

  /** The value of a last expression as the one element, else nothing. Rejects with what the code throws, or Interrupted. */
  async run(source: string, place: Place): Promise<[] | [unknown]> {
    const program = compile(source, place);
    return this.#start(program);
  }

  /** The value of one expression; it may wait. */
  async evaluate(expression: string, place: Place): Promise<unknown> {
    const [value] = await this.#start(compileExpression(expression, place));
    return value;
  }

  /** What a function of the person's gives, at once or later. Rejects with what it throws, or Interrupted. */
  async call<Result>(run: () => Result | Promise<Result>): Promise<Result> {
    const result = callInterruptibly(run);
    return result instanceof Promise ? this.#interruptibly(result) : result;
  }

  has(name: string): boolean {
    return name in scope;
  }

  get(name: string): unknown {
    return scope[name];
  }

  /** Makes a value the `_` of later commands, as in any console, unless the person has an `_` of their own. */
  keep(value: unknown): void {
    if (scope._ !== this.#kept) return;
    this.#kept = value;
    scope._ = value;
  }

  /** Ends the wait of the command that runs, if it waits. */
  interrupt(): void {
    this.#interruptWait?.();
  }

  async #start(program: Program): Promise<[] | [unknown]> {
    this.#useRequireOf(program.filename);
    rememberProgram(program);
    program.names.forEach(makeRoom);
    await this.#interruptibly(eventsSoFar()); // an interrupt that came until now would not be seen by what runs
    const turns = new Turns();
    return runProgram(program, {
      scope,
      mayImport: () => true,
      run: (scripts) => callInterruptibly(() => scripts.map(runHere).at(-1)),
      resume: (step) => this.#resume(step, turns),
    });
  }

  /**
   * Resumes a command after a wait, so that what it does then can be interrupted as well. That costs a thread each time: one
   * that hardly waits is resumed without, and can be interrupted at its turns.
   */
  async #resume<Result>(step: () => Promise<Result>, turns: Turns): Promise<Result> {
    if (turns.isDue()) await this.#interruptibly(turns.take());
    return this.#interruptibly(turns.areTight ? step() : callInterruptibly(step));
  }

  async #interruptibly<Result>(wait: Promise<Result>): Promise<Result> {
    wait.catch(() => undefined); // after an interrupt nobody else looks
    const interrupted = new Promise<never>((_resolve, reject) => {
      this.#interruptWait = () => {
        reject(new Interrupted());
      };
    });
    try {
      return await Promise.race([wait, interrupted]);
    } finally {
      this.#interruptWait = undefined;
    }
  }

  /** `require` finds what the command's file would find. */
  #useRequireOf(filename: string): void {
    const base = originOf(filename);
    if (base === this.#base && 'require' in scope) return;
    this.#base = base;
    define('require', createRequire(base));
  }
}

function runHere(script: vm.Script): unknown {
  return script.runInThisContext({ displayErrors: false });
}

function eventsSoFar(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
