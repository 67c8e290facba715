import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { within } from '../../src/engine/deadline.js';
import { startLocalLink } from '../../src/engine/link/startLocalLink.js';
import { silentLogger } from '../../src/engine/logger.js';
import { ResultsWriter } from '../../src/engine/resultsWriter.js';
import { StandardInput } from '../../src/engine/worker/standardInput.js';
import { startWorker } from '../../src/engine/worker/startWorker.js';
import type { WorkerClient } from '../../src/engine/worker/workerClient.js';
import '../../src/library.js'; // with the evaluators
import { testPythons } from '../support/pythons.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';

/** Ample for an interrupt that has been heard. */
const HEARD_MS = 5000;

/** A session repeats an interrupt after a second, which would hide the loss of one: here each is sent by itself. */
describe.each([
  { evaluator: 'python', endless: 'while True: pass', heard: 20 },
  // Node can't see a signal that comes in the very moment in which it begins to watch for one.
  { evaluator: 'javascript', endless: 'for (;;);', heard: 15 },
])('one interrupt right behind a $evaluator command', ({ evaluator, endless, heard }) => {
  let worker: WorkerClient;
  let commands = 0;
  beforeEach(async () => {
    worker = await startWorker({
      ...(evaluator === 'python' ? { interpreter } : { evaluator }),
      input: new StandardInput(undefined, silentLogger),
      log: silentLogger,
      startLink: startLocalLink,
    });
  });
  afterEach(() => {
    worker.dispose();
  });

  function run(source: string): { id: number; ended: Promise<unknown> } {
    const id = ++commands;
    const ended = new Promise((resolve) => {
      worker.run({ t: 'execute', id, source }, new ResultsWriter({ id, executionCount: id }), resolve);
    });
    return { id, ended };
  }

  test('ends it', async () => {
    let ends = 0;
    for (let count = 0; count < 20; count++) {
      const { id, ended } = run(endless);
      worker.link.interrupt(id);
      if (await within(HEARD_MS, ended)) ends++;
      else while (!(await within(1000, ended))) worker.link.interrupt(id);
      expect(await ended).toMatchObject({ reply: { status: 'interrupted' } });
      expect(await run('1').ended).toMatchObject({ reply: { status: 'ok' } });
    }
    expect(ends).toBeGreaterThanOrEqual(heard);
  });

  if (evaluator !== 'python') return; // in which nobody can ignore it

  test('ends it, when the command before has ignored SIGINT', async () => {
    await run('import signal\n_ = signal.signal(signal.SIGINT, signal.SIG_IGN)').ended;
    const { id, ended } = run(endless);
    worker.link.interrupt(id);
    expect(await ended).toMatchObject({ reply: { status: 'interrupted' } });
  });
});
