/**
 * Runs JavaScript and TypeScript for a host: `node main.cjs CONTROL_SOCKET [SCRIPT ARGUMENT...]`, with the two tokens
 * in the environment.
 *
 * Every command has its own pair of FIFOs. Node.js can neither create a FIFO nor replace descriptors 1 and 2 with a
 * file, so each way of writing is redirected separately:
 * - `console`, `process.stdout` and `process.stderr` write synchronously to the FIFOs of the command that they run for,
 * according to AsyncLocalStorage: its timers, promises, servers and worker threads belong to it whenever they run;
 * - `fs.write(1, …)` and similar functions are redirected to the same FIFOs;
 * - children that would inherit descriptor 1 or 2 inherit the FIFOs of the command instead, and so do their children;
 * both also apply to worker threads;
 * - everything else writes to the real descriptors 1 and 2: native code, the last messages of the runtime,
 * `/dev/stdout`. These are also a pair of FIFOs, one for the life of the process, and the host adds their output to the
 * last command that it sent. Its order relative to other output is unknown.
 *
 * SIGINT ends what runs synchronously, and the wait of a top-level `await`. A loop that started in a callback, or after
 * an `await` inside a function, cannot be stopped without breaking Node.js; the host then offers to restart.
 */
import { endIfTooOld } from '../endIfTooOld.js';
import { connectWorker } from './connectWorker.js';

endIfTooOld();
const [, , controlPath] = process.argv;
if (controlPath === undefined) {
  process.stderr.write('The address of the control channels is missing.\n');
  process.exit(64);
}
void connectWorker(controlPath);
