import vm from 'node:vm';
import { currentCommand, owner } from './command.js';
import { define } from './globalScope.js';

/** The wait of a command was cut short, or its code was stopped. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('The command was interrupted.');
  }
}

const CALL = 'extsession.call';
const caller = new vm.Script(`this['${CALL}']()`, {
  filename: __filename, // ours, and not part of a user's traceback
});
const kill = process.kill.bind(process);
const nextTick = process.nextTick.bind(process);

let listener: () => void = () => undefined;
let programEnded: () => void = () => undefined;
let depth = 0;
let isOwnSignal = false;

/**
 * Calls a function of the running command; SIGINT stops it until it returns. Throws Interrupted, or what the function
 * throws.
 */
export function callInterruptibly<Result>(step: () => Result): Result {
  const command = currentCommand();
  define(CALL, () => (command ? owner.run(command, step) : step()));
  depth++;
  try {
    hideListeners();
    return caller.runInThisContext({ breakOnSigint: true, displayErrors: false }) as Result;
  } catch (error) {
    const { code } = (error ?? {}) as NodeJS.ErrnoException;
    if (code !== 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw error;
    programEnded();
    throw new Interrupted();
  } finally {
    renewListeners();
    depth--;
  }
}

/** What is called at a SIGINT that comes while no program runs, and at one that has ended a program. Stays when the user's code removes all listeners. */
export function onInterrupt({ come, ended }: { come: () => void; ended: () => void }): void {
  listener = () => {
    if (!isOwnSignal) come();
  };
  programEnded = ended;
  process.on('removeListener', (event: string | symbol, removed: unknown) => {
    if (depth === 0 && event === 'SIGINT' && removed === listener) nextTick(addListener);
  });
  addListener();
}

/** Prevents SIGINT from ending the process. */
export function addListener(): void {
  if (!process.listeners('SIGINT').includes(listener)) process.on('SIGINT', listener);
}

/**
 * Raises SIGINT in this process and its children, as a terminal does, from the event loop. The listener does not count
 * it: one before the start of a program, before Node.js checks its signals, would be lost.
 */
export function signalGroup(): void {
  addListener();
  isOwnSignal = true;
  try {
    kill(-process.pid, 'SIGINT');
  } catch {
    kill(process.pid, 'SIGINT'); // not the leader of a group
  }
  // Node.js checks its signals before each immediate, but maybe not again before the first one.
  setImmediate(() => setImmediate(() => (isOwnSignal = false)));
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
