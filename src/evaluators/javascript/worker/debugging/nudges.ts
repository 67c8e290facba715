import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import inspector from 'node:inspector';
import { constants } from 'node:os';
import path from 'node:path';
import { NUDGE_FILE } from '../../../../engine/link/interrupts/nudge.js';
import { startTimeOf } from '../../../../engine/link/processGroup.js';
import { PUBLISH } from '../../inspectorOption.js';
import { areBuiltinsPlain, withPlainBuiltins } from '../builtins.js';
import { callSites } from '../compile/stackTraces.js';

/** Not what the user may put in its place. */
const { close } = inspector;
const SIGNAL = 'SIGUSR1';
const USUAL_PORT = 9229;
const EVENT = 'internalMessage';
/** The event is not in the types of `process`. */
const events: NodeJS.EventEmitter = process;
const ENABLED = 'NODE_DEBUG_ENABLED';

interface InternalMessage {
  cmd?: unknown;
}

/**
 * Lets the host nudge this process: Node.js opens its inspector at SIGUSR1 also while code runs, and tells listeners of
 * its own in the middle of that code. The inspector is closed at once.
 */
export class Nudges {
  readonly #nudged: () => boolean;
  /** Node.js opens the inspector twice for a signal: in the code that runs, and when that leaves it time. */
  #comesAgain = false;

  /**
   * `directory` is that of the session. `nudged` answers what the host asks, in the middle of code of the user; it
   * returns whether there was something.
   */
  constructor(directory: string, nudged: () => boolean) {
    this.#nudged = nudged;
    process.execArgv = process.execArgv.filter((argument) => argument !== PUBLISH);
    if (!isSignalTaken()) return;
    if (process.debugPort === USUAL_PORT) process.debugPort = 0; // any: that one may be in use
    const file = path.join(directory, NUDGE_FILE);
    try {
      writeFileSync(file, startTimeOf(process.pid) ?? '', { mode: 0o600, flag: 'wx' });
    } catch {
      return; // the disk is full
    }
    process.on('newListener', (event: string | symbol) => {
      // From then on, the signal is the user's: Node.js does not take it again.
      if (event === SIGNAL) withPlainBuiltins(() => rmSync(file, { force: true }));
    });
    this.listen();
  }

  /** Also after the user's code has removed all listeners. */
  listen(): void {
    if (events.listeners(EVENT).includes(this.#listener)) return;
    events.prependListener(EVENT, this.#listener);
  }

  /** Nobody else hears of it: a cluster would open the inspectors of its processes. */
  readonly #listener = (message: InternalMessage | undefined): void => {
    if (message?.cmd !== ENABLED || isOpenedByCode()) return;
    // In the middle of our own code, which has an end, the event loop reads what is asked.
    const isOwn = areBuiltinsPlain();
    const isNudge = isOwn || withPlainBuiltins(() => this.#nudged());
    if (!isNudge && !this.#comesAgain) return; // somebody else's signal
    this.#comesAgain = isNudge;
    message.cmd = undefined;
    close();
  };
}

/** Whether Node.js takes the signal: where it does not, the signal would end the process. */
function isSignalTaken(): boolean {
  if (process.platform === 'win32') return false;
  try {
    const [, mask = '0'] = /^SigCgt:\s*([\da-f]+)/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
    return (BigInt(`0x${mask}`) >> BigInt(constants.signals[SIGNAL] - 1)) % 2n === 1n;
  } catch {
    return process.versions.electron === undefined; // not Linux
  }
}

/** Whether code calls `inspector.open`. */
function isOpenedByCode(): boolean {
  return withPlainBuiltins(() => callSites().some((site) => site.getFileName() === 'node:inspector'));
}
