import { workerData } from 'node:worker_threads';
import './library.js';
import { type BlockingAnswer, type BlockingCall, progress } from './engine/blocking.js';
import { errorData } from './engine/errorData.js';
import { evaluateEncoded, extexec } from './engine/freshProcess.js';

/** Answers a blocking call in its thread, and wakes the calling thread. */
async function serve({ kind, source, options, port, state }: BlockingCall): Promise<void> {
  const advance = (to: number): void => {
    Atomics.store(state, 0, to);
    Atomics.notify(state, 0);
  };
  advance(progress.runs);
  let answer: BlockingAnswer;
  try {
    answer = { value: await (kind === 'evaluate' ? evaluateEncoded(source, options) : extexec(source, options)) };
  } catch (error) {
    answer = { error: errorData(error) };
  }
  port.postMessage(answer);
  advance(progress.answered);
}

void serve(workerData as BlockingCall);
