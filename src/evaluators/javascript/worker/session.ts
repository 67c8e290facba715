import { createRequire } from 'node:module';
import vm from 'node:vm';
import { compile, compileExpression, type Place, type Program } from './compile.js';
import { Iteration } from './forAwait.js';
import { define, makeRoom, scope } from './globalScope.js';
import { callInterruptibly, Interrupted } from './interruption.js';
import { META, withExports } from './moduleSyntax.js';
import { metaOf, originOf } from './origin.js';
import { rememberProgram } from './sources.js';
import { Turns } from './turns.js';

const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;

/** Node warns that the loader's constant is new; that is nothing that the person could do something about. */
export function acceptDefaultLoader(): void {
  const plain = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  process.emitWarning = (...args: unknown[]) => {
    if (!String(args[0]).startsWith('vm.USE_MAIN_CONTEXT_DEFAULT_LOADER')) plain(...args);
  };
}

type Generator = AsyncGenerator<unknown, [unknown] | undefined>;

interface Tools {
  readonly iterate: (iterable: unknown) => Iteration;
  readonly require: typeof withExports;
}

/** The global scope of this process as a namespace in which commands run. */
export class Session {
  private kept: unknown;
  private base: string | undefined;
  private interruptWait: (() => void) | undefined;

  constructor() {
    define(Symbol.for(META), metaOf);
  }

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

  /** What a function of the person's gives, at once or later. Rejects with what it throws, or Interrupted. */
  async call<Result>(run: () => Result | Promise<Result>): Promise<Result> {
    const result = callInterruptibly(run);
    return result instanceof Promise ? this.interruptibly(result) : result;
  }

  has(name: string): boolean {
    return name in scope;
  }

  get(name: string): unknown {
    return scope[name];
  }

  /** Makes a value the `_` of later commands, as in any console, unless the person has an `_` of their own. */
  keep(value: unknown): void {
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
    const { code, earlyCode } = program.rewritten;
    const scripts = [earlyCode, code].filter((text) => text !== undefined).map((text) => scriptOf(program, text));
    await this.interruptibly(eventsSoFar()); // an interrupt that came until now would not be seen by what runs
    const run = (script: vm.Script): unknown => script.runInThisContext({ displayErrors: false });
    const value = callInterruptibly(() => scripts.map(run).at(-1));
    if (program.kind === 'script') return program.hasValue ? [value] : [];
    const loops = new Set<Iteration>();
    const generator = (value as (this: unknown, tools: Tools) => Generator).call(scope, toolsFor(loops));
    try {
      return (await this.drive(generator)) ?? [];
    } catch (error) {
      if (error instanceof Interrupted) for (const loop of loops) loop.close().catch(() => undefined);
      throw error;
    }
  }

  /**
   * Resumes a command after each of its waits, so that what it does then can be interrupted as well. That costs a thread each
   * time: one that hardly waits is resumed without, and can be interrupted at its turns.
   */
  private async drive(generator: Generator): Promise<[unknown] | undefined> {
    const turns = new Turns();
    let sent: unknown;
    for (;;) {
      const next = (): ReturnType<Generator['next']> => generator.next(sent);
      const step = await this.interruptibly(turns.areTight ? next() : callInterruptibly(next));
      if (step.done) return step.value;
      sent = step.value;
      if (turns.isDue()) await this.interruptibly(turns.take());
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
    const base = originOf(filename);
    if (base === this.base && 'require' in scope) return;
    this.base = base;
    define('require', createRequire(base));
  }
}

function scriptOf({ scriptName, firstLine }: Program, code: string): vm.Script {
  return new vm.Script(code, { filename: scriptName, lineOffset: firstLine - 1, importModuleDynamically });
}

/** What a command's generator calls where its source has syntax that needs help. `loops` are those that go on. */
function toolsFor(loops: Set<Iteration>): Tools {
  const iterate = (iterable: unknown): Iteration => {
    const loop = new Iteration(iterable, () => loops.delete(loop));
    loops.add(loop);
    return loop;
  };
  return { iterate, require: withExports };
}

function eventsSoFar(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
