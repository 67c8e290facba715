import { EvaluatorNotFoundError } from './errors.js';

/** How to start one evaluator process. */
export interface LaunchCommand {
  /** The program: a path, or a name to find on PATH. */
  readonly file: string;
  readonly args: readonly string[];
  /** On top of the session's environment; undefined takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What an evaluator is told when a process of it is wanted. */
export interface LaunchOptions {
  /** What the person chose: a path, or a name to find on PATH. */
  readonly interpreter?: string;
  /** Arguments for the interpreter itself, before ours. */
  readonly args?: readonly string[];
  /** The environment that the process will have. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the worker connects to: twice, as the main and the side channel. */
  readonly controlPath: string;
}

/** A language: how its interpreter is found and launched. What runs in it then speaks the worker protocol. */
export interface Evaluator {
  /** By which `ExtSessionOptions.evaluator` finds it, such as 'python'. */
  readonly language: string;
  /** For people, such as 'Python'. */
  readonly name: string;
  /**
   * Tells how to start a process; called for each one.
   * @throws EvaluatorNotFoundError when there is no such interpreter.
   */
  launch(options: LaunchOptions): LaunchCommand;
  /** A new global scope in this process, with such globals; for languages that this process itself can run. */
  openScope?(globals: Readonly<Record<string, unknown>>): Scope;
}

/** A global scope in this process, in which sources run as commands do in a session. */
export interface Scope {
  /** The value of the last expression. Rejects with what the source throws. */
  run(source: string, filename: string): Promise<unknown>;
  /** The text that shows what a source threw, without a line end. */
  textOf(error: unknown, source: string, filename: string): string;
}

const known = new Map<string, Evaluator>();

/** Makes an evaluator available under its language's name. A later one of the same name replaces it. */
export function registerEvaluator(evaluator: Evaluator): void {
  known.set(evaluator.language, evaluator);
}

/** @throws EvaluatorNotFoundError */
export function findEvaluator(evaluator: string | Evaluator): Evaluator {
  if (typeof evaluator !== 'string') return evaluator;
  const found = known.get(evaluator);
  if (!found) throw new EvaluatorNotFoundError(evaluator);
  return found;
}
