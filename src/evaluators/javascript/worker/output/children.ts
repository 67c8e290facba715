import childProcess, { ChildProcess } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { replace, type Streams } from './descriptors.js';

interface Spawning {
  stdio?: unknown;
}

/** The maximum time until the thread that waits for SIGINT is scheduled on a busy machine. */
const OWN_INTERRUPT_MS = 250;

const spawners = ['spawnSync', 'execSync', 'execFileSync'] as const;

/** Children inherit the FIFOs of the command that starts them wherever they would inherit descriptors 1 and 2. */
export function leadChildren(current: () => Streams | undefined): void {
  const prototype = ChildProcess.prototype as unknown as { spawn: (this: ChildProcess, options: Spawning) => unknown };
  const plain = prototype.spawn;
  // spawn, fork, exec, execFile and cluster all call it
  prototype.spawn = function (options) {
    const command = current();
    const stdio = inherited(options.stdio, command?.lend());
    this.once('exit', () => command?.expectForeignWrites());
    return plain.call(this, stdio === options.stdio ? options : { ...options, stdio });
  };
  for (const name of spawners) {
    const run = childProcess[name] as (...args: unknown[]) => unknown;
    const led = (...args: unknown[]): unknown => {
      const command = current();
      const descriptors = command?.lend();
      try {
        const result = run(...args.map((argument) => withStdio(argument, descriptors)));
        awaitOwnInterrupt(result);
        return result;
      } catch (error) {
        awaitOwnInterrupt(error);
        throw error;
      } finally {
        command?.expectForeignWrites();
      }
    };
    replace(childProcess, name, led);
  }
  syncBuiltinESMExports();
}

const nothing = new Int32Array(new SharedArrayBuffer(4));

/**
 * A SIGINT that ended a child has probably also reached this process, where another thread ends what runs. It must do
 * so before the end of the command, or the signal would count for the next command.
 */
function awaitOwnInterrupt(child: unknown): void {
  const { signal } = (child ?? {}) as { readonly signal?: unknown };
  if (signal === 'SIGINT') Atomics.wait(nothing, 0, 0, OWN_INTERRUPT_MS);
}

function withStdio(argument: unknown, descriptors: readonly [number, number] | undefined): unknown {
  if (typeof argument !== 'object' || argument === null || !('stdio' in argument)) return argument;
  return { ...argument, stdio: inherited(argument.stdio, descriptors) };
}

/** Replaces 1 and 2 in a `stdio` option of any form with the descriptors of the command. */
function inherited(stdio: unknown, descriptors: readonly [number, number] | undefined): unknown {
  if (!descriptors) return stdio;
  if (stdio === 'inherit') return [0, ...descriptors];
  if (!Array.isArray(stdio)) return stdio;
  return stdio.map((entry: unknown, index) => {
    const named = entry === 'inherit' ? index : descriptorOf(entry);
    return named === 1 || named === 2 ? descriptors[named - 1] : entry;
  });
}

function descriptorOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'fd' in entry ? entry.fd : entry;
}
