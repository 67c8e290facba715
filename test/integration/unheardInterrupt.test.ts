import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLocalLink } from '../../src/engine/link/startLocalLink.js';
import { silentLogger } from '../../src/engine/logger.js';
import { ResultsWriter } from '../../src/engine/resultsWriter.js';
import { StandardInput } from '../../src/engine/worker/standardInput.js';
import { startWorker } from '../../src/engine/worker/startWorker.js';
import type { WorkerClient } from '../../src/engine/worker/workerClient.js';
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

const LONG = `
import time
print("begun")
try:
    time.sleep(0.3)
    print("over")
except KeyboardInterrupt:
    print("interrupted")`;

describe.each(testPythons())('Python $version', ({ executable: interpreter }) => {
  let worker: WorkerClient;
  beforeEach(async () => {
    worker = await startWorker({
      interpreter,
      input: new StandardInput(undefined, silentLogger),
      log: silentLogger,
      startLink: startLocalLink,
    });
  });
  afterEach(() => {
    worker.dispose();
  });

  /** What command `id` writes. Once it runs, an interrupt of `interrupted` is announced, but not sent. */
  async function run(id: number, source: string, interrupted: number): Promise<string> {
    const writer = new ResultsWriter({ id, executionCount: id });
    const ending = new Promise((resolve) => {
      worker.run({ t: 'execute', id, source }, writer, resolve);
    });
    await new Promise<void>((resolve) => void writer.onDidReceiveOutput(() => resolve()));
    worker.link.sendSide({ t: 'interrupt', id: interrupted });
    expect(await ending).toMatchObject({ reply: { status: 'ok' } });
    return writer.results.stdout;
  }

  /**
   * The system gives a signal for a process to any of its threads, and only the main thread wakes from a lock. Which
   * one it is cannot be chosen: here there is none, only the host's message that precedes it.
   */
  test('is woken, once, by an interrupt whose signal the main thread does not hear', async () => {
    for (let id = 1; id <= 2; id++) expect(await run(id, CAUGHT, id)).toBe('begun\n1\n');
  });

  test('is not interrupted by what was said of the command before, and is read late', async () => {
    expect(await run(1, CAUGHT, 1)).toBe('begun\n1\n');
    expect(await run(2, LONG, 1)).toBe('begun\nover\n');
    expect(await run(3, CAUGHT, 3)).toBe('begun\n1\n');
  });
});
