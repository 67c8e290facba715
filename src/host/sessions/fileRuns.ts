import type { Disposable } from '../../engine/disposable.js';
import { CancelledError } from '../../engine/errors.js';
import type { ExtSession } from '../../engine/extSession.js';
import { exitOf } from '../../engine/freshProcess.js';
import { filenameOf } from '../filename.js';
import { untrustedNotice } from '../messages.js';
import type { LanguageSessionOptions } from './languageSessionOptions.js';
import type { EvaluatorOptions } from './placedSession.js';
import { startFailureNotice } from './launch/startFailure.js';

type Options = Omit<LanguageSessionOptions, keyof EvaluatorOptions | 'id' | 'title'>;

/** A file to run. */
export interface RunnableFile {
  readonly uri: string;
  readonly languageId: string;
  readonly source: string;
  readonly args: readonly string[];
}

/** Runs files to their end, each in a process of its own, with an entry of its own in the transcript. */
export class FileRuns implements Disposable {
  readonly #options: Options;

  readonly #evaluators: readonly EvaluatorOptions[];
  readonly #sessionFor: (file: RunnableFile) => string;
  readonly #running = new Map<ExtSession, Promise<unknown>>();
  readonly #disposal = new AbortController();

  /** `sessionFor` is told of each file that runs, and answers with the session that shows it. */
  constructor(options: Options, evaluators: readonly EvaluatorOptions[], sessionFor: (file: RunnableFile) => string) {
    this.#options = options;
    this.#evaluators = evaluators;
    this.#sessionFor = sessionFor;
  }

  /** Starts to run a file. If that is not possible, the user is told why. */
  async run(file: RunnableFile): Promise<void> {
    const { isTrusted, log, report, warn } = this.#options;
    const evaluator = this.#evaluators.find(({ languageIds }) => languageIds.includes(file.languageId));
    if (!evaluator) return;
    if (!isTrusted()) {
      warn(untrustedNotice());
      return;
    }
    try {
      this.#follow(await this.#start(file, evaluator), file, evaluator.evaluator);
    } catch (error) {
      log.error(String(error));
      if (!(error instanceof CancelledError)) report(startFailureNotice(error, evaluator.evaluator));
    }
  }

  /** Ends all processes in order. Resolves when none is left. */
  async end(): Promise<void> {
    this.#disposal.abort();
    await Promise.all(Array.from(this.#running.keys(), (session) => session.exit()));
    await Promise.all(this.#running.values());
  }

  dispose(): void {
    void this.end();
  }

  async #start({ uri, args }: RunnableFile, { evaluator, findInterpreter }: EvaluatorOptions): Promise<ExtSession> {
    const { ask, log, start, workingDirectory } = this.#options;
    const { path, env } = await findInterpreter(uri);
    const columns = this.#options.columns();
    return start({
      evaluator,
      ...(path === undefined ? {} : { interpreter: path }),
      cwd: workingDirectory(uri),
      env,
      ...(columns === undefined ? {} : { columns }),
      script: { file: filenameOf(uri), args },
      onInput: ask,
      logger: log,
      signal: this.#disposal.signal,
    });
  }

  #follow(session: ExtSession, file: RunnableFile, evaluator: string): void {
    const { uri, source, languageId, args } = file;
    const filename = filenameOf(uri);
    const results = session.execute(source, { filename, firstLine: 1, language: languageId });
    const exited = results.wait().then(
      (outcome) => session.finish(exitOf(outcome).exitCode),
      () => session.exit(), // its results were disposed of
    );
    this.#running.set(session, exited);
    void exited.finally(() => this.#running.delete(session));
    const title = [filename.replace(/^.*[\\/]/, ''), ...args].map(quoted).join(' ');
    const stop = (): void => {
      session.exit(INTERRUPTED).catch((error: unknown) => this.#options.log.warn(String(error)));
    };
    const shownBy = this.#sessionFor(file);
    this.#options.transcript.addRun({ evaluator, session: shownBy, title, results, exited, stop });
  }
}

/** The exit code that shells give to what was interrupted. */
const INTERRUPTED = 130;

/** An argument as it is typed. */
function quoted(argument: string): string {
  return /^[^\s"']+$/.test(argument) ? argument : JSON.stringify(argument);
}
