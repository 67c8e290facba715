import { CancelledError } from '../../engine/errors.js';
import { canOutlive } from '../../engine/evaluator.js';
import type { ExtSession } from '../../engine/extSession.js';
import type { ExtSessionOptions } from '../../engine/sessionOptions.js';
import type { OnInput } from '../../engine/worker/standardInput.js';
import type { LanguageSessionOptions } from './languageSessionOptions.js';
import { launchChange, type Launch } from './launch/launch.js';
import type { OpenSession } from './openSession.js';
import { farFailureNotice, startFailureNotice } from './launch/startFailure.js';

export interface SessionStartsOptions {
  readonly options: LanguageSessionOptions;
  readonly onInput: OnInput;
  /** Ends a session that is replaced by one that is started differently. */
  readonly end: (session: ExtSession) => void;
}

/** Starts the processes of a session, one after the other, each according to the current settings. */
export class SessionStarts {
  readonly #options: LanguageSessionOptions;
  readonly #onInput: OnInput;
  readonly #end: (session: ExtSession) => void;
  #replaced: ExtSession | undefined;

  constructor({ options, onInput, end }: SessionStartsOptions) {
    this.#options = options;
    this.#onInput = onInput;
    this.#end = end;
  }

  /** Starts a session to replace the previous one, and tells the user if that fails. */
  async replace(
    uri: string | undefined,
    previous: OpenSession | undefined,
    signal: AbortSignal,
  ): Promise<OpenSession | undefined> {
    const { log, evaluator, id, report } = this.#options;
    let launch: Launch | undefined;
    try {
      launch = await this.findLaunch(uri);
      const { machine, path } = launch.interpreter;
      const keepAliveMs = this.#keepAliveMs;
      const isSame = previous?.keepAliveMs === keepAliveMs && !launchChange(previous.launch, launch);
      const restarted = isSame ? previous.session : undefined;
      if (previous && !restarted) this.#end(previous.session);
      log.info(`Starting ${[...(machine?.command ?? []), path ?? `${evaluator} from PATH`].join(' ')}.`);
      this.#replaced = restarted;
      await restarted?.restart();
      const session = restarted ?? (await this.#start(launch, keepAliveMs, signal));
      return { session, launch, uri, keepAliveMs };
    } catch (error) {
      if (previous) this.#end(previous.session);
      log.error(String(error));
      if (!(error instanceof CancelledError)) {
        const machine = launch?.interpreter.machine;
        report({
          ...(machine ? farFailureNotice(error, machine.name) : startFailureNotice(error, evaluator)),
          session: id,
        });
      }
      return undefined;
    }
  }

  /** Does not wait any longer for a process that is being replaced. */
  killReplaced(): void {
    this.#replaced?.killReplaced();
  }

  async findLaunch(uri: string | undefined): Promise<Launch> {
    const { findInterpreter, findStartup, workingDirectory, reloadedModules } = this.#options;
    const [interpreter, startup] = await Promise.all([findInterpreter(uri), findStartup(uri)]);
    return { interpreter, cwd: workingDirectory(uri), reload: reloadedModules(), startup };
  }

  #start({ interpreter, cwd, reload, startup }: Launch, keepAliveMs: number, signal: AbortSignal): Promise<ExtSession> {
    const { evaluator, log, start } = this.#options;
    const columns = this.#options.columns();
    return start({
      evaluator,
      ...(interpreter.path === undefined ? {} : { interpreter: interpreter.path }),
      ...(cwd === '' ? {} : { cwd }),
      env: interpreter.env,
      ...(interpreter.machine ? { commandPrefix: interpreter.machine.command } : { reload }),
      ...(startup.command ? { startup: startup.command } : {}),
      ...(columns === undefined ? {} : { columns }),
      ...this.#keepAlive(keepAliveMs),
      onInput: this.#onInput,
      logger: log,
      signal,
    });
  }

  get #keepAliveMs(): number {
    const { kept, evaluator } = this.#options;
    return kept.isPossible && canOutlive(evaluator) ? this.#options.keepAliveMs() : 0;
  }

  #keepAlive(
    keepAliveMs: number,
  ): Pick<ExtSessionOptions, 'keepAlive' | 'keepAliveMs' | 'keepRunningMs' | 'holdsResults'> {
    const keepRunningMs = this.#options.keepRunningMs();
    const bound = keepRunningMs === undefined ? {} : { keepRunningMs };
    return keepAliveMs > 0 ? { keepAlive: true, keepAliveMs, ...bound, holdsResults: true } : {};
  }
}
