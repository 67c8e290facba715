/**
 * Runs first in each worker thread of a session: redirects what the thread writes without `process.stdout` to its
 * command.
 */
import { getEnvironmentData } from 'node:worker_threads';
import { leadChildren } from './children.js';
import { leadDescriptors, type Streams } from './descriptors.js';
import { LENT, leadThreads } from './threads.js';

const [out, err] = getEnvironmentData(LENT) as unknown as readonly number[];
if (out !== undefined && err !== undefined) {
  const lent = [out, err] as const;
  const streams: Streams = {
    descriptor: (stream) => lent[stream],
    lend: () => lent,
    expectForeignWrites: () => undefined,
    hold: () => () => undefined,
  };
  const current = (): Streams => streams;
  leadDescriptors(current);
  leadChildren(current);
  leadThreads(current);
}
