import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageChannel, type MessagePort, Worker, receiveMessageOnPort } from 'node:worker_threads';
import { checkedMs } from './deadline.js';
import { type ErrorData, errorFrom } from './errorData.js';
import { ExtSessionError } from './errors.js';
import type { Execution, FreshProcessOptions } from './freshProcess.js';
import { type Value, decodeValue } from './values.js';

/**
 * The options that can be passed to another thread: no functions or signals, and an evaluator of the library by name.
 */
export interface BlockingOptions extends Omit<FreshProcessOptions, 'evaluator' | 'logger' | 'onInput' | 'signal'> {
  readonly evaluator?: string;
}

/** @internal The data for the thread. */
export interface BlockingCall {
  readonly kind: 'evaluate' | 'execute';
  readonly source: string;
  readonly options: BlockingOptions;
  /** Receives one answer. */
  readonly port: MessagePort;
  /** One of `progress`, for the waiting thread. */
  readonly state: Int32Array;
}

/** @internal */
export type BlockingAnswer = { readonly value: unknown } | { readonly error: ErrorData };

/** @internal */
export const progress = { created: 0, runs: 1, answered: 2 } as const;

const THREAD_START_MS = 30_000;

/**
 * `exteval`, but blocking: no timers and no input or output of this thread run until it returns. Meant for scripts and
 * tools. In a program with other work, and in an editor's extension, use `exteval`, which takes half the time, because
 * this function also starts a thread. Only works in the built library, which must not be bundled into another file,
 * because the code of the thread is a separate file next to it.
 * @throws the errors of `exteval`; ExtSessionError with code INVALID_OPTION for an option that cannot be passed to a
 * thread.
 */
export function extevalSync(expression: string, options: BlockingOptions = {}): Value {
  return decodeValue(callBlocking('evaluate', expression, options));
}

/**
 * `extexec`, but blocking, with the limits of `extevalSync`.
 * @throws the errors of `extexec` and `extevalSync`.
 */
export function extexecSync(source: string, options: BlockingOptions = {}): Execution {
  return callBlocking('execute', source, options) as Execution;
}

/** Uses a thread instead of a child Node.js process: it takes two thirds of the time, and dies with this process. */
function callBlocking(kind: BlockingCall['kind'], source: string, evaluation: BlockingOptions): unknown {
  requireData({ ...evaluation });
  if (evaluation.timeoutMs !== undefined) checkedMs('timeoutMs', evaluation.timeoutMs);
  if (evaluation.startTimeoutMs !== undefined) checkedMs('startTimeoutMs', evaluation.startTimeoutMs);
  const file = fileURLToPath(new URL('./blocking.cjs', import.meta.url));
  if (!existsSync(file)) {
    throw new ExtSessionError(
      'EVALUATOR_START_FAILED',
      `The blocking functions need '${file}', which does not exist. Build the library, and do not bundle it.`,
    );
  }
  const { port1, port2 } = new MessageChannel();
  const state = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const workerData: BlockingCall = { kind, source, options: evaluation, port: port2, state };
  // Sockets close the descriptors that they are given; a thread that closed them again could close those of others.
  const options = { trackUnmanagedFds: false, execArgv: [] };
  const thread = new Worker(file, { ...options, workerData, transferList: [port2] });
  try {
    if (Atomics.wait(state, 0, progress.created, THREAD_START_MS) === 'timed-out') {
      throw new ExtSessionError('EVALUATOR_START_FAILED', 'The thread for a blocking call did not start within 30 s.');
    }
    Atomics.wait(state, 0, progress.runs);
    const { message } = receiveMessageOnPort(port1) as { message: BlockingAnswer };
    if ('error' in message) throw errorFrom(message.error);
    return message.value;
  } finally {
    port1.close();
    void thread.terminate();
  }
}

function requireData(options: Readonly<Record<string, unknown>>): void {
  const notData = ['evaluator', 'logger', 'onInput', 'signal'].find(
    (name) => options[name] !== undefined && typeof options[name] !== 'string',
  );
  if (notData === undefined) return;
  const message = `The blocking functions do not accept '${notData}'. Omit it, or use exteval and extexec.`;
  throw new ExtSessionError('INVALID_OPTION', message);
}
