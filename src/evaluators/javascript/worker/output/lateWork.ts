import { withPlainBuiltins } from '../builtins.js';
import type { Command } from '../command.js';

const CHECK_MS = 50;
/** The maximum number of commands with open streams; each takes four descriptors. */
const KEPT = 250;

/**
 * Closes the streams of each finished command when nothing that it started keeps the process alive, according to
 * Node.js. What it writes after that, or as one of too many, goes to a new pair of streams, which is watched as well.
 */
export class LateWork {
  readonly #open = new Set<Command>();
  #timer: NodeJS.Timeout | undefined;

  /** Called when a command is done. */
  finished(command: Command): void {
    if (command.work.goesOn()) this.watch(command);
    else command.close();
  }

  watch(command: Command): void {
    this.#open.add(command);
    this.#timer ??= setTimeout(this.#checkLater, CHECK_MS).unref();
  }

  readonly #checkLater = (): void => {
    withPlainBuiltins(() => {
      this.#check();
    });
  };

  #check(): void {
    let tooMany = this.#open.size - KEPT;
    for (const command of this.#open) {
      if (command.work.isHeld || (tooMany-- <= 0 && command.work.goesOn())) continue;
      command.close();
      this.#open.delete(command);
    }
    this.#timer = this.#open.size > 0 ? setTimeout(this.#checkLater, CHECK_MS).unref() : undefined;
  }
}
