/**
 * Owns a worker that outlives its hosts: `node main.cjs`, with its orders on standard input. Says its marker when
 * hosts can connect to the socket `h` in the session's directory. `src/engine/supervised` is the other end.
 */
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { devNull } from 'node:os';
import path from 'node:path';
import { endIfTooOld } from '../endIfTooOld.js';
import { OWNER, ownerText } from '../../../engine/link/staleDirectories.js';
import { Hosts } from './hosts.js';
import type { Orders } from './orders.js';
import { startGuardian } from './startGuardian.js';
import { Supervisor } from './supervisor.js';
import { WorkerChannels } from './workerChannels.js';
import { startWorkerProcess } from './workerProcess.js';

endIfTooOld();
run().catch((error: unknown) => {
  writeSync(2, `${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

async function run(): Promise<void> {
  const orders = JSON.parse(readFileSync(0, 'utf8')) as Orders;
  const { directory, secret } = orders;
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGXFSZ'] as const) process.on(signal, () => undefined);
  own(directory);
  const channels = new WorkerChannels(path.join(directory, 'c'), orders.token);
  const worker = await startWorkerProcess(orders);
  const supervisor = new Supervisor(orders, worker, channels);
  await new Hosts(supervisor, secret).listen(path.join(directory, 'h'));
  writeSync(1, `${orders.marker}\n`);
  supervisor.guardedBy(startGuardian(orders, worker.group));
  leaveStreams(directory);
}

/** Says whose directory it is: once that process is gone, anybody of this user may remove it. */
function own(directory: string): void {
  writeFileSync(path.join(directory, OWNER), ownerText(), { mode: 0o600 });
}

/** What goes wrong from now on is in a file. The lowest free descriptor is taken each time. */
function leaveStreams(directory: string): void {
  process.chdir(directory);
  for (const [descriptor, file, flags] of [
    [0, devNull, 'r'],
    [1, devNull, 'w'],
    [2, 'log', 'a'],
  ] as const) {
    closeSync(descriptor);
    openSync(file, flags, 0o600);
  }
}
