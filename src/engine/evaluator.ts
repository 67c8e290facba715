import { EvaluatorNotFoundError } from './errors.js';

/** How to start an evaluator process. */
export interface LaunchCommand {
  /** The program: a path, or a name on PATH. */
  readonly file: string;
  readonly args: readonly string[];
  /** Variables in addition to the session's environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A file that runs as a program. */
export interface Script {
  /** An absolute path. */
  readonly file: string;
  readonly args?: readonly string[];
}

/** The information for an evaluator when a process is to be started. */
export interface LaunchOptions {
  /** The user's choice: a path, or a name on PATH. */
  readonly interpreter?: string;
  /** Arguments for the interpreter itself, before those of the worker. */
  readonly args?: readonly string[];
  /** Modules that are loaded anew if their files have changed: those in these folders, or all. */
  readonly reload?: 'all' | readonly string[];
  /** What the process is to take for its script, and the arguments. */
  readonly script?: Script;
  /** The environment of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The address that the worker connects to twice, for the main and the side channel. */
  readonly controlPath: string;
}

/** A program that receives a session's programs on another machine, and how it is started there. */
export interface Receiver {
  /** What follows the prefix: words that no shell changes. */
  readonly command: readonly string[];
  /** Written at once. It answers with the nonce and `ok`, or `old` and what is there. */
  readonly greeting: string;
  /** Written after that. */
  readonly program: Uint8Array;
}

/** What is sent to another machine, where nothing but the interpreter is installed. */
export interface PortablePrograms {
  /** The folder of the programs, and its folders and files that are sent. */
  readonly folder: string;
  readonly parts: readonly string[];
  /** The name of the interpreter there, if none is chosen. */
  readonly interpreter: string;
  /** What is needed there, for errors. */
  readonly needs: string;
  receiver(interpreter: string, nonce: string): Receiver;
  /** `folder` is where the programs are there. */
  launch(options: LaunchOptions, folder: string): LaunchCommand;
}

/** A language: how its interpreter is found and started. The started process uses the worker protocol. */
export interface Evaluator {
  /** The name for `ExtSessionOptions.evaluator`, such as 'python'. */
  readonly language: string;
  /** The name for users, such as 'Python'. */
  readonly name: string;
  /**
   * Returns how to start a process; called for each one.
   * @throws EvaluatorNotFoundError if the interpreter does not exist.
   */
  launch(options: LaunchOptions): LaunchCommand;
  /**
   * How to start the program that owns a process which outlives its host: it reads its orders from standard input.
   * Absent if there is none for this evaluator.
   * @throws EvaluatorNotFoundError if the interpreter does not exist.
   */
  supervisor?(options: Pick<LaunchOptions, 'interpreter' | 'env'>): LaunchCommand;
  /** How a process is started on another machine; absent if it cannot be. */
  readonly portable?: PortablePrograms;
  /** Creates a global scope in this process, with the given globals; only for languages that this process can run. */
  openScope?(globals: Readonly<Record<string, unknown>>): Scope;
}

/** A global scope in this process, in which sources run like the commands of a session. */
export interface Scope {
  /** The value of the last expression. Rejects with what the source throws. */
  run(source: string, filename: string): Promise<unknown>;
  /** The text for what a source threw, without a line ending. */
  textOf(error: unknown, source: string, filename: string): string;
}

const known = new Map<string, Evaluator>();

/** Registers an evaluator under the name of its language. Replaces an earlier one with the same name. */
export function registerEvaluator(evaluator: Evaluator): void {
  known.set(evaluator.language, evaluator);
}

/** Whether a process of that evaluator can outlive its host. */
export function canOutlive(language: string): boolean {
  return known.get(language)?.supervisor !== undefined;
}

/** @throws EvaluatorNotFoundError */
export function findEvaluator(evaluator: string | Evaluator): Evaluator {
  if (typeof evaluator !== 'string') return evaluator;
  const found = known.get(evaluator);
  if (!found) throw new EvaluatorNotFoundError(evaluator);
  return found;
}
