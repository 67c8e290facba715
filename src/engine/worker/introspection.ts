import type { DataRequest } from '../../protocol/data.js';
import type {
  Completions,
  FileText,
  MimeBundle,
  Pause,
  Variable,
  VariableChanges,
  VariableParts,
  VariablePath,
} from '../../protocol/output.js';
import type { Answer, Question, SideMessage } from '../../protocol/worker.js';
import { ExtSessionError } from '../errors.js';
import { after, within } from '../deadline.js';

/** A worker answers within milliseconds, unless the running code blocks its interpreter. */
const ANSWER_MS = 3000;
/** After that, a worker that can be nudged is so busy that it does not read the question. */
const NUDGE_MS = 100;
/** Text comes over the connection to another machine. */
const FILE_MS = 30_000;
/** To sort a large table takes long. */
const GRID_MS = 30_000;
/** A worker that tells more is not one of ours. */
const MOST_VARIABLES = 100_000;

interface Asked {
  /** What came before the last part of the answer. */
  variables: Variable[];
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Questions about a worker's namespace, which it also answers while a command runs. */
export class Introspection {
  readonly #send: (message: SideMessage) => void;
  readonly #nudge: () => void;

  readonly #open = new Map<number, Asked>();
  /** An earlier host may have asked, too: its answers are not for this one. */
  #lastRequest = Math.floor(Math.random() * 2 ** 40);
  #end: Error | undefined;

  /** `nudge` has the worker read what it is asked about the running command, if that leaves it no time. */
  constructor(send: (message: SideMessage) => void, nudge: () => void) {
    this.#send = send;
    this.#nudge = nudge;
  }

  async variables(details: boolean): Promise<Variable[]> {
    return (await this.#ask({ t: 'variables', ...(details ? { details } : {}) })).variables ?? [];
  }

  async variableChanges(since: number): Promise<VariableChanges> {
    const answer = await this.#ask({ t: 'variables', details: true, since });
    const { request: revision, variables: changed = [], gone = [] } = answer;
    return { revision, isWhole: answer.since !== since, changed, gone };
  }

  async parts(
    [name, ...path]: VariablePath,
    { asCode, ...page }: { start: number; count: number; asCode: boolean },
  ): Promise<VariableParts> {
    const question = { t: 'parts', name, path, ...page, ...(asCode ? { asCode } : {}) } as const;
    return (await this.#ask(question)).parts ?? { total: 0, items: [] };
  }

  async complete(source: string, offset: number): Promise<Completions> {
    const { completions } = await this.#ask({ t: 'complete', source, offset });
    return completions ?? { start: offset, end: offset, items: [] };
  }

  async inspect(source: string, offset: number): Promise<MimeBundle | undefined> {
    return (await this.#ask({ t: 'inspect', source, offset })).data;
  }

  /** Where the running command is, as the lines of a traceback; empty if it is not in the user's code. */
  async stack(): Promise<string> {
    return (await this.#askNow({ t: 'stack' })).stack ?? '';
  }

  /** The text of a file that the worker can read. */
  async file(path: string): Promise<FileText> {
    return (await this.#ask({ t: 'file', path }, FILE_MS)).file ?? { problem: 'missing' };
  }

  /** The SHA-256 of files that the worker can read: null for one that is not there, empty for an unknown one. */
  async digests(paths: readonly string[]): Promise<readonly (string | null)[]> {
    return (await this.#ask({ t: 'digests', paths }, FILE_MS)).digests ?? [];
  }

  /** Has the worker write a file. Resolves with what is wrong, or an empty text. */
  async save(path: string, bytes: Buffer): Promise<string> {
    return (await this.#ask({ t: 'save', path, data: bytes.toString('base64') }, FILE_MS)).saved ?? '';
  }

  /** The answer to a data grid, in a list, if a command has stopped in the debugger; otherwise nothing. */
  async grid(of: DataRequest): Promise<readonly unknown[]> {
    return (await this.#ask({ t: 'grid', of }, GRID_MS)).grid ?? [];
  }

  /** Stops the running command where it is, in its debugger. */
  async pause(): Promise<Pause> {
    try {
      return (await this.#askNow({ t: 'pause', until: Date.now() + ANSWER_MS })).pause ?? 'impossible';
    } catch (error) {
      if (error instanceof ExtSessionError && error.code === 'TIMEOUT') return 'impossible';
      throw error;
    }
  }

  receive(answer: Answer): void {
    const asked = this.#open.get(answer.request);
    if (!asked) return;
    asked.variables = [...asked.variables, ...(answer.variables ?? [])].slice(0, MOST_VARIABLES);
    if (answer.more) return;
    this.#open.delete(answer.request);
    if (answer.error === undefined) asked.resolve({ ...answer, variables: asked.variables });
    else asked.reject(new ExtSessionError('NOT_ANSWERED', `The session could not answer: ${answer.error}.`));
  }

  /** Rejects open and later questions with `error`. */
  stop(error: Error): void {
    this.#end ??= error;
    for (const { reject } of this.#open.values()) reject(this.#end);
    this.#open.clear();
  }

  /** About the command that runs, whose code may keep the worker busy. */
  async #askNow(question: Question): Promise<Answer> {
    const nudging = after(NUDGE_MS, this.#nudge);
    try {
      return await this.#ask(question);
    } finally {
      nudging.dispose();
    }
  }

  async #ask(question: Question, timeoutMs = ANSWER_MS): Promise<Answer> {
    if (this.#end) throw this.#end;
    const request = ++this.#lastRequest;
    const answered = new Promise<Answer>((resolve, reject) => {
      this.#open.set(request, { variables: [], resolve, reject });
    });
    this.#send({ ...question, request });
    const answer = await within(timeoutMs, answered).finally(() => this.#open.delete(request));
    if (answer) return answer;
    throw new ExtSessionError('TIMEOUT', `The session did not answer within ${String(timeoutMs / 1000)} s.`);
  }
}
