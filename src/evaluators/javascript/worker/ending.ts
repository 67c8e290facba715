import { currentCommand } from './command.js';
import { tracebackOf } from './errors.js';

/** Ends the process, whatever programs make of `process.exit`. */
export const exit = process.exit.bind(process);

/** `process.exit` in a command: ends the command, and leaves the session alone. */
export class SystemExit extends Error {
  override readonly name = 'SystemExit';

  constructor(readonly code: string | number) {
    super(String(code));
  }

  /** As an operating system tells it. */
  get exitCode(): number {
    return Number(this.code) & 0xff;
  }
}

let isScript = false;
/** The code with which a script would have ended by what its callbacks did. */
let failure: number | undefined;

export function leadExit(): void {
  process.exit = (code = process.exitCode) => {
    throw new SystemExit(code ?? 0);
  };
}

/** What nobody catches, unless the person's code listens for it as well. */
const catchers = {
  uncaughtException: (error: unknown): void => {
    if (process.listenerCount('uncaughtException') === 1) report(error);
  },
  unhandledRejection: (error: unknown): void => {
    if (process.listenerCount('unhandledRejection') === 1) report(error);
  },
};

/** Makes sure that an error which nobody catches does not end the process. */
export function catchErrors(): void {
  for (const [event, caught] of Object.entries(catchers))
    if (!process.listeners(event as 'exit').includes(caught)) process.on(event, caught);
}

/** From now on the process ends as a script does: at `process.exit`, at an error, or when nothing keeps it alive. */
export function becomeScript(): void {
  if (failure !== undefined) exit(failure);
  isScript = true;
  process.exit = exit;
}

function report(error: unknown): void {
  show(error);
  failure ??= error instanceof SystemExit ? error.exitCode : 1;
  if (isScript) exit(failure);
}

/** Under the command that the callback belongs to. */
function show(error: unknown): void {
  if (error instanceof SystemExit) return;
  const command = currentCommand();
  const bytes = Buffer.from(`Uncaught ${tracebackOf(error)}`);
  if (command) command.write(1, bytes);
  else process.stderr.write(bytes);
}
