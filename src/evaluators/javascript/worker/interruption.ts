import vm from 'node:vm';
import { currentCommand, owner } from './command.js';
import { define } from './globalScope.js';

/** The wait of a command was cut short, or its code was ended in the middle. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('The command was interrupted.');
  }
}

const CALL = 'extsession.call';
const caller = new vm.Script(`this['${CALL}']()`, {
  filename: __filename, // ours: not part of anyone's traceback
});
const kill = process.kill.bind(process);
const nextTick = process.nextTick.bind(process);

let listener: () => void = () => undefined;
let programEnded: () => void = () => undefined;
let depth = 0;
let isOwnSignal = false;

/** Calls a function of the command that runs; SIGINT ends what it does until it returns. Throws Interrupted, or what it throws. */
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

/** Makes sure that SIGINT does not end the process. */
export function addListener(): void {
  if (!process.listeners('SIGINT').includes(listener)) process.on('SIGINT', listener);
}

/**
 * Raises SIGINT in this process and its children, as a terminal does, from the event loop. The listener does not count it: one
 * for which a program begins before Node looks at its signals would be lost.
 */
export function signalGroup(): void {
  addListener();
  isOwnSignal = true;
  try {
    kill(-process.pid, 'SIGINT');
  } catch {
    kill(process.pid, 'SIGINT'); // not the leader of a group
  }
  // Node looks at its signals before each immediate, but maybe not once more before the first.
  setImmediate(() => setImmediate(() => (isOwnSignal = false)));
}

/**
 * Node takes SIGINT's listeners away before it watches for the signal by itself, and one that comes in between ends the
 * process. Where it sees none, it leaves them alone; it looks once.
 */
function hideListeners(): void {
  const plain = process.listenerCount.bind(process);
  process.listenerCount = (...args) => {
    Reflect.deleteProperty(process, 'listenerCount');
    return args[0] === 'SIGINT' ? 0 : plain(...args);
  };
}

/** The program's end has left the signal without a handler: it comes back with the first listener. */
function renewListeners(): void {
  Reflect.deleteProperty(process, 'listenerCount');
  const listeners = process.rawListeners('SIGINT') as (() => void)[];
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', listener);
  for (const one of listeners) if (one !== listener) process.on('SIGINT', one);
}
