import { availableParallelism } from 'node:os';

/** What a short command takes, on slow machines too. */
const AWAKE_MS = 0.5;
const hasAnotherProcessor = availableParallelism() > 1;

let until = 0;
let isAwake = false;

/**
 * Keeps this process from falling asleep for the next half millisecond; its event loop goes on with all other work meanwhile.
 * A process that is awake hears the answer to a short command at once. One that sleeps must be woken by the kernel, which takes
 * as long as all the rest of the command (measured: 0.24 ms, awake 0.10).
 */
export function stayAwake(): void {
  until = performance.now() + AWAKE_MS;
  if (!isAwake && hasAnotherProcessor) turn();
}

function turn(): void {
  isAwake = performance.now() < until;
  if (isAwake) setImmediate(turn);
}
