import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import workerThreads, { setEnvironmentData, type WorkerOptions } from 'node:worker_threads';
import type { Streams } from './descriptors.js';

/** The name under which a thread finds the descriptors of its command, which belong to the whole process. */
export const LENT = 'extsession.streams';
/** Runs in each thread before its own code. */
const prelude = path.join(__dirname, 'thread.cjs');

/** What a thread writes to descriptors 1 and 2, and its children, belongs to the command that starts it. */
export function leadThreads(current: () => Streams | undefined): void {
  const { Worker: Plain } = workerThreads;
  class Worker extends Plain {
    constructor(file: string | URL, options: WorkerOptions = {}) {
      const streams = current();
      setEnvironmentData(LENT, streams ? [...streams.lend()] : []);
      const execArgv = [...(options.execArgv ?? process.execArgv), '--require', prelude];
      super(file, { ...options, execArgv });
      const release = streams?.hold();
      this.once('exit', () => {
        streams?.expectForeignWrites();
        release?.();
      });
    }
  }
  Object.defineProperty(Worker, 'name', { value: Plain.name });
  workerThreads.Worker = Worker;
  syncBuiltinESMExports();
}
