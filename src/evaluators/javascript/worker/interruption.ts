import { types } from 'node:util';
import vm from 'node:vm';
import { withPlainBuiltins, withUsersBuiltins } from './builtins.js';
import { currentCommand, owner } from './command.js';
import { define } from './globalScope.js';

/** The wait of a command was cut short, or its code was stopped. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('The command was interrupted.');
  }
}

const isWindows = process.platform === 'win32';
const CALL = 'extsession.call';
const caller = new vm.Script(`this['${CALL}']()`, {
  filename: __filename, // ours, and not part of a user's traceback
});
const kill = process.kill.bind(process);
const nextTick = process.nextTick.bind(process);

let listener: () => void = () => undefined;
let programEnded: () => void = () => undefined;
let tell: (runs: boolean) => void = () => undefined;
let depth = 0;
let isOwnSignal = false;

/**
 * Calls a function of the running command; SIGINT stops it until it returns. Throws Interrupted, or what the function
 * throws.
 */
export function callInterruptibly<Result>(step: () => Result): Result {
  return withPlainBuiltins(() => watched(step));
}

function watched<Result>(step: () => Result): Result {
  const command = currentCommand();
  // SIGINT is watched for when this is called, and no longer when the script has ended.
  define(CALL, () => {
    if (depth === 1) tell(true);
    const result = command ? owner.run(command, step) : step();
    if (depth === 1) tell(false);
    return result;
  });
  depth++;
  try {
    hideListeners();
    return withUsersBuiltins(() => caller.runInThisContext({ breakOnSigint: true, displayErrors: false }) as Result);
  } catch (error) {
    if (depth === 1) tell(false);
    // what is no error is not touched: a proxy would notice
    const code = types.isNativeError(error) ? (error as NodeJS.ErrnoException).code : undefined;
    if (code !== 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw error;
    programEnded();
    throw new Interrupted();
  } finally {
    renewListeners();
    depth--;
  }
}

interface InterruptListener {
  /** A SIGINT has come while no program ran. */
  readonly come: () => void;
  /** A SIGINT has ended a program. */
  readonly ended: () => void;
  /** Whether a program runs that a SIGINT would end, at each change. */
  readonly runs: (runs: boolean) => void;
}

const nothing = new Int32Array(new SharedArrayBuffer(4));

/**
 * Takes a signal that came in the moment in which a program ended: the thread of Node that watches for it has not seen
 * it, and would end the next program. It gets one of ours, which waits for that.
 */
export function absorbSignal(ms: number): void {
  try {
    callInterruptibly(() => Atomics.wait(nothing, 0, 0, ms));
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
}

/** Stays when the user's code removes all listeners. */
export function onInterrupt({ come, ended, runs }: InterruptListener): void {
  listener = () => {
    if (!isOwnSignal) come();
  };
  programEnded = ended;
  tell = runs;
  process.on('removeListener', (event: string | symbol, removed: unknown) => {
    if (depth === 0 && event === 'SIGINT' && removed === listener) nextTick(addListener);
  });
  addListener();
}

/** Prevents SIGINT from ending the process. */
export function addListener(): void {
  withPlainBuiltins(() => {
    if (!process.listeners('SIGINT').includes(listener)) process.on('SIGINT', listener);
  });
}

/**
 * Raises SIGINT in this process and its children, as a terminal does, from the event loop. The listener does not count
 * it: one before the start of a program, before Node.js checks its signals, would be lost. On Windows it is only told
 * to the listeners.
 */
export function signalGroup(): void {
  addListener();
  isOwnSignal = true;
  if (isWindows) tellListeners();
  else killGroup();
  // Node.js checks its signals before each immediate, but maybe not again before the first one.
  setImmediate(() => setImmediate(() => (isOwnSignal = false)));
}

/** At once: what they write is still the command's. What one throws is not for our caller. */
function tellListeners(): void {
  try {
    process.emit('SIGINT', 'SIGINT');
  } catch (error) {
    setImmediate(() => {
      throw error;
    });
  }
}

function killGroup(): void {
  try {
    kill(-process.pid, 'SIGINT');
  } catch {
    kill(process.pid, 'SIGINT'); // not the leader of a group
  }
}

/**
 * Node.js removes the listeners of SIGINT before it watches for the signal itself, and a signal in between ends the
 * process. If it finds no listeners, it does not remove them; it only looks once.
 */
function hideListeners(): void {
  const plain = process.listenerCount.bind(process);
  process.listenerCount = (...args) => {
    Reflect.deleteProperty(process, 'listenerCount');
    return args[0] === 'SIGINT' ? 0 : plain(...args);
  };
}

/** The end of the program left the signal without a handler, which the first listener restores. */
function renewListeners(): void {
  Reflect.deleteProperty(process, 'listenerCount');
  const listeners = process.rawListeners('SIGINT') as (() => void)[];
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', listener);
  for (const one of listeners) if (one !== listener) process.on('SIGINT', one);
}
