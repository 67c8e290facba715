/**
 * Runs JavaScript and TypeScript for a host: `node main.cjs CONTROL_SOCKET`, with the two tokens in the environment.
 *
 * Every command has a pair of FIFOs of its own. Node can neither make a FIFO nor put a file in place of descriptors 1 and 2,
 * so each way of writing is led there by itself:
 * - `console`, `process.stdout` and `process.stderr` write synchronously to the FIFOs of the command that they run for, as
 *   AsyncLocalStorage tells it: its timers, promises, servers and worker threads are its own, whenever they run;
 * - `fs.write(1, …)` and its relatives are led to the same FIFOs;
 * - children that would inherit descriptor 1 or 2 inherit the command's FIFOs instead, and so do their children; both holds
 *   in worker threads too;
 * - what is left writes to the real descriptors 1 and 2: native code, the runtime's own last words, `/dev/stdout`. They are a
 *   pair of FIFOs too, one for the life of the process, and the host gives what comes there to the last command that it
 *   sent. Its order relative to the other output is not known.
 *
 * SIGINT ends what runs synchronously, and the wait of a top-level `await`. A loop that began in a callback, or after an
 * `await` inside a function, can't be stopped without breaking Node; the host offers a restart then.
 */
import { connectWorker } from './worker.js';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const [, , controlPath] = process.argv;
if (major < 20 || (major === 20 && minor < 12) || controlPath === undefined) {
  process.stderr.write(`ExtSession needs Node.js 20.12 or newer; this is ${process.version} (${process.execPath}).\n`);
  process.exit(64);
}
void connectWorker(controlPath);
