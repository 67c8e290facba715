import { expect, test } from 'vitest';
import { startLocalLink } from '../../src/engine/link/startLocalLink.js';
import { silentLogger } from '../../src/engine/logger.js';
import { ResultsWriter } from '../../src/engine/resultsWriter.js';
import { StandardInput } from '../../src/engine/worker/standardInput.js';
import { startWorker } from '../../src/engine/worker/startWorker.js';
import '../../src/library.js'; // with the evaluators
import { testPythons } from '../support/pythons.js';

const CAUGHT = `
import _thread, time
times = 0
lock = _thread.allocate_lock()
lock.acquire()
try:
    print("begun")
    lock.acquire()
except KeyboardInterrupt:
    times += 1
try:
    time.sleep(0.3)
except KeyboardInterrupt:
    times += 1
print(times)`;

/**
 * The system gives a signal for a process to any of its threads, and only the main thread wakes from a lock. Which one
 * it is cannot be chosen: here there is none, only the host's message that precedes it.
 */
test.each(testPythons())(
  'an interrupt whose signal the main thread of Python $version does not hear wakes it, once',
  async ({ executable: interpreter }) => {
    const worker = await startWorker({
      interpreter,
      input: new StandardInput(undefined, silentLogger),
      log: silentLogger,
      startLink: startLocalLink,
    });
    try {
      for (let id = 1; id <= 2; id++) {
        const writer = new ResultsWriter({ id, executionCount: id });
        const ending = new Promise((resolve) => {
          worker.run({ t: 'execute', id, source: CAUGHT }, writer, resolve);
        });
        await new Promise<void>((resolve) => void writer.onDidReceiveOutput(() => resolve()));
        worker.link.sendSide({ t: 'interrupt', id });
        expect(await ending).toMatchObject({ reply: { status: 'ok' } });
        expect(writer.results.stdout).toBe('begun\n1\n');
      }
    } finally {
      worker.dispose();
    }
  },
);
