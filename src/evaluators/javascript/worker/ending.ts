import { withPlainBuiltins } from './builtins.js';
import { currentCommand } from './command.js';
import { isOf, tracebackOf } from './errors.js';
import { noteRejection } from './inspection/promiseState.js';

/** Ends the process, even if programs replace `process.exit`. */
export const exit = process.exit.bind(process);

/** Thrown by `process.exit` in a command: ends the command, but not the session. */
export class SystemExit extends Error {
  override readonly name = 'SystemExit';

  readonly #exitCode: number;

  constructor(readonly code: string | number) {
    super(String(code));
    this.#exitCode = Number(code) & 0xff;
  }

  /** The exit code as an operating system reports it. */
  get exitCode(): number {
    return this.#exitCode;
  }
}

let isScript = false;
/** The exit code that callbacks of a script caused. */
let failure: number | undefined;

export function leadExit(): void {
  process.exit = (code = process.exitCode) => {
    throw new SystemExit(code ?? 0);
  };
}

/** Handles uncaught errors, unless the user's code also listens for them. */
const catchers = {
  uncaughtException: (error: unknown): void => {
    if (process.listenerCount('uncaughtException') === 1) withPlainBuiltins(() => report(error));
  },
  unhandledRejection: (error: unknown, promise: object): void => {
    withPlainBuiltins(() => {
      noteRejection(promise, error);
    });
    if (process.listenerCount('unhandledRejection') === 1) withPlainBuiltins(() => report(error));
  },
};

/** Prevents uncaught errors from ending the process. */
export function catchErrors(): void {
  for (const [event, caught] of Object.entries(catchers))
    if (!process.listeners(event as 'beforeExit').includes(caught as never)) process.on(event, caught);
}

/** From now on, the process ends like a script: at `process.exit`, at an error, or when nothing keeps it alive. */
export function becomeScript(): void {
  if (failure !== undefined) exit(failure);
  isScript = true;
  process.exit = exit;
}

function report(error: unknown): void {
  show(error);
  failure ??= isOf(error, SystemExit) ? error.exitCode : 1;
  if (isScript) exit(failure);
}

/** Shows an error under the command that the callback belongs to. */
function show(error: unknown): void {
  if (isOf(error, SystemExit)) return;
  const command = currentCommand();
  const bytes = Buffer.from(`Uncaught ${tracebackOf(error)}`);
  if (command) command.write(1, bytes);
  else process.stderr.write(bytes);
}
