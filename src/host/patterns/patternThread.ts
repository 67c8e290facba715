import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { patternMatches, type PatternJob, type PatternMatches } from '../../protocol/patternMatches.js';

/** What the thread says; `matches` is missing when the pattern is too large for the engine. */
interface Answer {
  readonly matches?: PatternMatches;
}

const START_MS = 30_000;

/** Counts what the thread has said: first that it is there, then each answer. */
const PROGRAM = `
const { port, said } = require('node:worker_threads').workerData;
const matchesIn = ${patternMatches.toString()};
function say() {
  Atomics.add(said, 0, 1);
  Atomics.notify(said, 0);
}
port.on('message', (job) => {
  let answer = {};
  try {
    answer = { matches: matchesIn(job) };
  } catch {}
  port.postMessage(answer);
  say();
});
say();
`;

/**
 * A thread that looks for patterns of unknown cost. Neither matching nor compiling a pattern can be relied on to end,
 * and V8 can only interrupt the former: a thread leaves the extension host free in both. Whoever creates it stops it.
 */
export class PatternThread {
  readonly #said = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #port: MessagePort;
  readonly #worker: Worker;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#worker = new Worker(PROGRAM, {
      eval: true,
      execArgv: [],
      workerData: { port: port2, said: this.#said },
      transferList: [port2],
    });
    this.#worker.unref();
    // Out of memory: there is no answer then, and the limit of time ends the wait for it.
    this.#worker.on('error', () => undefined);
  }

  /**
   * What was found. Blocks for at most `limitMs`, beside the time that the thread takes to start.
   *
   * @returns undefined when the pattern takes longer, or is too large: stop the thread then
   */
  matchNow(job: PatternJob, limitMs: number): PatternMatches | undefined {
    Atomics.wait(this.#said, 0, 0, START_MS);
    const said = Atomics.load(this.#said, 0);
    this.#port.postMessage(job);
    Atomics.wait(this.#said, 0, said, limitMs);
    const received: { readonly message: Answer } | undefined = receiveMessageOnPort(this.#port);
    return received?.message.matches;
  }

  stop(): void {
    this.#port.close();
    void this.#worker.terminate();
  }
}
