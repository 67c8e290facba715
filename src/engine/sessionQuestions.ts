import type {
  Completions,
  FileText,
  MimeBundle,
  Variable,
  VariableChanges,
  VariableParts,
  VariablePath,
} from '../protocol/output.js';
import type { SessionProcess } from './worker/sessionProcess.js';

/** What a session tells of its names and its running command, without running code of the user. */
export abstract class SessionQuestions {
  readonly #ask: SessionProcess['introspect'];

  /** @internal */
  protected constructor(ask: SessionProcess['introspect']) {
    this.#ask = ask;
  }

  /**
   * The variables of the namespace, without running code of the user; `details` adds what kind they are, their memory
   * in bytes and how many parts they have. Answers immediately: in Python also while a command runs, in JavaScript
   * while a command waits.
   * @throws SessionDeadError, CancelledError if the session ends or restarts in the meantime, ExtSessionError with code
   * TIMEOUT without an answer within three seconds: native code can block Python, and any loop blocks JavaScript.
   */
  variables({ details = false } = {}): Promise<Variable[]> {
    return this.#ask((about) => about.variables(details));
  }

  /**
   * @internal What is new since the answer with that revision, or all variables if it is unknown; 0 for all. Behaves
   * like `variables` with `details`.
   */
  variableChanges(since: number): Promise<VariableChanges> {
    return this.#ask((about) => about.variableChanges(since));
  }

  /**
   * The parts of a variable, `count` of them (1,000 at most) from the position `start`: items, columns of tables, then
   * attributes; `asCode` adds code that makes the value. Runs no code of the user, and behaves like `variables`.
   * @throws ExtSessionError with the code NOT_ANSWERED if there is no such variable or part any more
   */
  parts(of: VariablePath, { start = 0, count = 100, asCode = false } = {}): Promise<VariableParts> {
    return this.#ask((about) => about.parts(of, { start, count, asCode }));
  }

  /** The completions at `offset` of `code`, in UTF-16 code units; empty if there are none. Behaves like `variables`. */
  complete(code: string, offset: number): Promise<Completions> {
    return this.#ask((about) => about.complete(code, offset));
  }

  /**
   * The documentation of what is at `offset` of `code`, or of the call around it; undefined if it is unknown. Behaves
   * like `variables`.
   */
  inspect(code: string, offset: number): Promise<MimeBundle | undefined> {
    return this.#ask((about) => about.inspect(code, offset));
  }

  /**
   * Where the running command is, as the lines of a traceback, or of a stack in JavaScript; empty if that is unknown.
   * Behaves like `variables`.
   */
  stack(): Promise<string> {
    return this.#ask((about) => about.stack());
  }

  /**
   * @internal The text of a file where the session runs, of up to 2 MB. Behaves like `variables`, but has thirty
   * seconds.
   */
  file(path: string): Promise<FileText> {
    return this.#ask((about) => about.file(path));
  }

  /** @internal The SHA-256 of files there: null for one that is missing, empty for an unknown one. */
  digests(paths: readonly string[]): Promise<readonly (string | null)[]> {
    return this.#ask((about) => about.digests(paths));
  }

  /** @internal Writes a file there. Resolves with what is wrong, or an empty text. */
  save(path: string, bytes: Buffer): Promise<string> {
    return this.#ask((about) => about.save(path, bytes));
  }
}
