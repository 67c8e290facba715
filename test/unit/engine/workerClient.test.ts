import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Link, LinkHandler } from '../../../src/engine/link/link.js';
import { type Logger, silentLogger } from '../../../src/engine/logger.js';
import type { StreamIndex } from '../../../src/engine/output/streamMerger.js';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';
import { CommandQueue } from '../../../src/engine/worker/commandQueue.js';
import { type Job, commandJob } from '../../../src/engine/worker/job.js';
import { StandardInput } from '../../../src/engine/worker/standardInput.js';
import { StartOutput } from '../../../src/engine/worker/startOutput.js';
import { WorkerClient } from '../../../src/engine/worker/workerClient.js';
import type { MainMessage, Reply, SideMessage } from '../../../src/protocol/worker.js';

const MARKER = 'a'.repeat(32);

/** A worker without a process: the test says what it sends. */
class FakeLink implements Link {
  readonly pid = 1;
  readonly info = { language: 'toy', name: 'Toy', version: '1', executable: '/toy' };
  readonly marker = MARKER;
  readonly sent: MainMessage[] = [];
  readonly sentSide: SideMessage[] = [];
  readonly closedPairs: number[] = [];
  handler!: LinkHandler;

  lastWords = (): Promise<string> => Promise.resolve('');
  open = (handler: LinkHandler): void => void (this.handler = handler);
  send = (message: MainMessage): void => void this.sent.push(message);
  sendSide = (message: SideMessage): void => void this.sentSide.push(message);
  closePair = (pair: number): void => void this.closedPairs.push(pair);
  interrupt = vi.fn();
  nudge = vi.fn(() => true);
  terminate = vi.fn();
  dispose = vi.fn();

  /** The ids of the commands that were sent. */
  get ids(): number[] {
    return this.sent.flatMap((message) => ('id' in message ? [message.id] : []));
  }

  ready(...pairs: readonly number[]): void {
    for (const number of pairs) this.handler.message({ t: 'pair', number });
    this.handler.message({ t: 'ready', next: pairs[0] ?? 0 });
  }

  write(pair: number, text: string, stream: StreamIndex = 0): void {
    this.handler.data(pair, stream, Buffer.from(text));
  }

  reply(id: number, next: number, { ends = [] }: Partial<Pick<Reply, 'ends'>> = {}): void {
    this.handler.message({ t: 'done', id, ends, next, status: 'ok' });
  }
}

const marker = (kind: string, number: number): string => `\x1e${MARKER}${kind}${String(number).padStart(16, '0')}`;

let link: FakeLink;
let start: StartOutput;
let errors: string[];
let worker: WorkerClient;
let queue: CommandQueue;
let lastId: number;

function newWorker(): WorkerClient {
  link = new FakeLink();
  start = new StartOutput({});
  errors = [];
  const log: Logger = { ...silentLogger, error: (message) => errors.push(message) };
  const client = new WorkerClient({ link, input: new StandardInput(undefined, log), log, start });
  client.open();
  return client;
}

beforeEach(() => {
  worker = newWorker();
  queue = new CommandQueue();
  lastId = 0;
});

function newJob(): Job {
  const id = ++lastId;
  return commandJob({ t: 'execute', id, source: String(id) }, new ResultsWriter({ id, executionCount: id }));
}

function submit(): Job {
  const job = newJob();
  queue.submit(job);
  return job;
}

/** Lets the promises that are settled have their turn. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('commands', () => {
  test('are sent one after the other, each when the one before it has ended', async () => {
    const [first, second] = [submit(), submit()];
    expect(link.ids).toEqual([]);
    link.ready(1, 2);
    queue.attach(worker);
    expect(link.ids).toEqual([1]);
    link.write(1, 'one');
    link.reply(1, 2);
    expect(await first.writer.settled).toMatchObject({ status: 'ok' });
    await turn();
    expect(link.ids).toEqual([1, 2]);
    link.write(2, 'two');
    link.reply(2, 1);
    await second.writer.settled;
    expect([first, second].map(({ writer }) => writer.results.stdout)).toEqual(['one', 'two']);
  });

  test('that wait can be cancelled, and are not sent; one that runs goes on', async () => {
    link.ready(1, 2);
    queue.attach(worker);
    const [first, second, third] = [submit(), submit(), submit()];
    void queue.cancel(second);
    void queue.cancel(first);
    expect(await second.writer.settled).toMatchObject({ status: 'cancelled' });
    expect(first.writer.state).toBe('running');
    link.reply(1, 2);
    await turn();
    expect(link.ids).toEqual([1, 3]);
    expect(third.writer.state).toBe('running');
  });

  test('are all cancelled when their worker is taken away, and what it replies later is nothing to them', async () => {
    link.ready(1);
    queue.attach(worker);
    const [first, second] = [submit(), submit()];
    const ended: Job[] = [];
    queue.onDidEnd((job) => ended.push(job));
    queue.detach();
    link.reply(1, 2);
    await turn();
    expect(ended).toEqual([first]);
    for (const { writer } of [first, second]) expect(await writer.settled).toMatchObject({ status: 'cancelled' });
    expect(queue.running).toBeUndefined();
    expect(link.ids).toEqual([1]);
  });

  test('end with the process: the one that runs has died and keeps its output, and those behind it wait for the next', async () => {
    link.ready(1, 2);
    queue.attach(worker);
    const [first, second] = [submit(), submit()];
    link.write(1, 'last words');
    link.handler.exited({ exitCode: 3, signal: null });
    expect(await first.writer.settled).toMatchObject({ status: 'died', exitCode: 3 });
    expect(first.writer.results.stdout).toBe('last words');
    expect(second.writer.state).toBe('queued');
    worker = newWorker();
    link.ready(1);
    queue.attach(worker);
    expect(link.ids).toEqual([2]);
  });

  test('that are put first at the start of a worker run before those that wait', () => {
    submit();
    link.ready(1);
    queue.attach(worker, { unsent: [newJob()] });
    expect(link.ids).toEqual([2]);
  });
});

describe('the output of a command', () => {
  let job: Job;
  beforeEach(() => {
    link.ready(1, 2);
    queue.attach(worker);
    job = submit();
  });

  test('is complete when it ends: a reply waits for the end markers that it names', async () => {
    link.reply(1, 2, { ends: [0] });
    link.write(1, 'still under way');
    await turn();
    expect(job.writer.state).toBe('running');
    link.write(1, ` and there${marker('E', 1)}`);
    await job.writer.settled;
    expect(job.writer.results.stdout).toBe('still under way and there');
  });

  test('is lost, and says so, when an end marker can no longer come', async () => {
    link.reply(1, 2, { ends: [0] });
    for (const stream of [0, 1] as const) link.handler.streamEnded(1, stream);
    await job.writer.settled;
    expect(job.writer.results.outputs).toMatchObject([{ type: 'error', name: 'OutputLost' }]);
    await job.writer.closed;
  });

  test('is its own also when it comes late, while the next one runs, until its streams are free', async () => {
    link.reply(1, 2);
    await job.writer.settled;
    const next = submit();
    link.write(1, 'late');
    link.write(2, 'next');
    link.handler.message({ t: 'closed', id: 1 });
    await job.writer.closed;
    link.write(1, '!');
    link.reply(2, 1);
    await next.writer.settled;
    const third = submit();
    link.write(1, 'third');
    expect([job, next, third].map(({ writer }) => writer.results.stdout)).toEqual(['late', 'next!', 'third']);
  });

  test('has the order of the markers, whichever stream is read first', () => {
    link.write(1, `${marker('S', 1)}second`, 1);
    expect(job.writer.results.stderr).toBe('');
    link.write(1, `first${marker('S', 1)}`);
    expect(job.writer.results.outputs).toMatchObject([{ text: 'first' }, { text: 'second' }]);
  });

  test('is not disturbed by a reply for a command that does not run', async () => {
    link.reply(7, 2);
    await turn();
    expect(job.writer.state).toBe('running');
    expect(errors).toEqual([expect.stringContaining('command 7')]);
  });
});

test('what is written before the first command belongs to the start, and what comes between commands to the last one', async () => {
  link.ready(1, 2);
  link.write(1, 'start');
  queue.attach(worker);
  const job = submit();
  link.write(1, 'command');
  link.reply(1, 2);
  await job.writer.settled;
  link.write(2, ' and after');
  expect(start.results.stdout).toBe('start');
  expect(job.writer.results.stdout).toBe('command and after');
});

test('the oldest open command loses its streams when there are too many, and says so', async () => {
  link.ready(1);
  queue.attach(worker);
  const first = submit();
  link.reply(1, 2);
  await first.writer.settled;
  let pair = 1;
  while (link.closedPairs.length === 0 && pair < 100_000) link.handler.message({ t: 'pair', number: ++pair });
  expect(link.closedPairs).toEqual([1]);
  expect(first.writer.results.outputs).toMatchObject([{ type: 'error', name: 'TooManyOpenCommands' }]);
  await first.writer.closed;
});
