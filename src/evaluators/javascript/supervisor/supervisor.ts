import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, within } from '../../../engine/deadline.js';
import type { Disposable } from '../../../engine/disposable.js';
import type { LinesChange } from '../../../engine/link/link.js';
import { received } from '../../../engine/supervised/frames.js';
import type { WorkerMessage } from '../../../protocol/worker.js';
import { Farewell } from './farewell.js';
import { Interrupts } from './interrupts.js';
import { relevant } from './journalState.js';
import { KeptOutput } from './keptOutput.js';
import type { Orders } from './orders.js';
import type { SubmittedRequest } from './requests.js';
import type { Guardian } from './startGuardian.js';
import { Streams } from './streams.js';
import type { ChannelName, WorkerChannels } from './workerChannels.js';
import type { WorkerEnding, WorkerProcess } from './workerProcess.js';

/** For a process that closes its channel because it ends. */
const WITHOUT_CHANNEL_MS = 1000;
/** The maximum time for the last messages of a dead process, which are already in the buffers of the system. */
const LAST_WORDS_MS = 200;
const KILLED_MS = 1000;
/** For a worker that ends with its host. */
const END_WITHIN_MS = 4500;
/** For a host to come for the last output. */
const KEEP_ENDED_MS = 24 * 3_600_000;
/** Without a time for hosts to come. */
const LOOK_EVERY_MS = 3_600_000;

/** The answer to a question for input. */
export interface InputEnvelope extends LinesChange {
  readonly request: number;
}

/** Runs a session's commands one after the other, and keeps what comes of them until a host has it. */
export class Supervisor {
  readonly #orders: Orders;
  readonly #process: WorkerProcess;
  readonly #channels: WorkerChannels;
  readonly #interrupts: Interrupts;
  readonly #streams: Streams;
  #guardian: Guardian | undefined;
  /** Another program replaces the worker, or is about to. */
  #isReplaced = false;
  #hasEnded = false;
  #isFinishing = false;
  #keeping: Disposable | undefined;
  #looking: Disposable | undefined;
  readonly #farewell: Farewell;

  readonly kept: KeptOutput;

  constructor(orders: Orders, process: WorkerProcess, channels: WorkerChannels) {
    const { directory } = orders;
    this.#orders = orders;
    this.#process = process;
    this.#channels = channels;
    this.kept = new KeptOutput(orders, (pace) => {
      this.#streams.readOn(pace.streams);
      channels.readOn(pace.channels);
      this.#endIfStuck();
    });
    this.#streams = new Streams(directory, {
      data: (stream, bytes) => {
        this.kept.append(received.data, bytes, stream);
      },
      ended: (stream, problem) => {
        this.kept.append(received.end, Buffer.from(problem?.message ?? ''), stream);
      },
    });
    this.#interrupts = new Interrupts({ directory, group: process.group, channels });
    this.#farewell = new Farewell({
      ...orders,
      group: process.group,
      due: () => {
        this.#endIfStuck();
        this.#beginNext();
      },
      say: () => {
        this.#sayFarewell();
      },
    });
    channels.listen({
      connected: (hello) => {
        this.#connect(hello);
      },
      received: (channel, message) => {
        this.#receive(channel, message);
      },
      lost: () => {
        void this.#loseChannel();
      },
    });
    process.onDidPrint((index, bytes) => {
      this.kept.append(received.printed, bytes, index);
    });
    void process.exited.then((ending) => this.#end(ending));
  }

  get directory(): string {
    return this.#orders.directory;
  }

  get about(): unknown {
    return this.#orders.about;
  }

  guardedBy(guardian: Guardian): void {
    this.#guardian = guardian;
  }

  attach(): void {
    this.#farewell.cancel();
    this.#keeping?.dispose();
    this.#looking?.dispose();
    this.kept.attach();
  }

  leave(): void {
    this.#keeping?.dispose();
    this.kept.leave();
    if (this.#orders.endsWithHost) {
      this.#endWithHost();
      return;
    }
    this.#lookForSocket();
    if (!this.#hasEnded) this.#farewell.wait();
    else if (this.kept.firstNeeded === this.kept.journal.end || !this.#hasSocket()) void this.finish();
    else this.#keeping = after(KEEP_ENDED_MS, () => void this.finish());
  }

  submit(request: SubmittedRequest): void {
    this.kept.requests.submit(request);
    if (this.#hasEnded) this.cancel(request.id);
    else this.#beginNext();
  }

  /** No effect if it has begun. */
  cancel(id: number): void {
    if (this.kept.requests.cancel(id, this.kept.journal.end)) this.#keepJson(received.cancelled, { id });
  }

  interrupt(id: number): void {
    if (this.kept.journal.state.running === id) this.#interrupts.interrupt(id);
  }

  send(channel: ChannelName, message: Buffer): void {
    this.#channels.send(channel, message);
  }

  answerInput({ request, used, more }: InputEnvelope, message: Buffer): void {
    this.kept.lines.splice(0, used, ...more);
    this.#keepJson(received.answered, { request });
    this.#channels.send('side', message);
  }

  signalGroup(signal: number): void {
    this.#process.group.signal(signal);
  }

  closePair(pair: number): void {
    this.#streams.close(pair);
  }

  /** Ends everything, and removes the directory. */
  async finish(): Promise<void> {
    if (this.#isFinishing) return;
    this.#isFinishing = true;
    this.#process.group.signal('SIGKILL');
    await within(KILLED_MS, this.#process.exited);
    rmSync(this.#orders.directory, { recursive: true, force: true, maxRetries: 3 });
    this.#guardian?.release();
    process.exit(0);
  }

  /** In order, if that does not take long. */
  #endWithHost(): void {
    if (this.#hasEnded) {
      void this.finish();
      return;
    }
    this.#farewell.say();
    this.#keeping = after(END_WITHIN_MS, () => void this.finish());
  }

  /** Without it, no host can come any more: a cleaner of temporary files may have removed it. */
  #lookForSocket(): void {
    this.#looking?.dispose();
    this.#looking = after(this.#orders.keepAliveMs ?? LOOK_EVERY_MS, () => {
      if (this.#hasSocket()) this.#lookForSocket();
      else if (this.#hasEnded) void this.finish();
      else this.#farewell.say();
    });
  }

  #hasSocket(): boolean {
    return existsSync(path.join(this.#orders.directory, 'h'));
  }

  #connect(hello: Readonly<Record<string, unknown>>): void {
    this.#interrupts.areHandled = hello.interruptsItself === true;
    this.#keepJson(received.hello, hello);
  }

  #receive(channel: ChannelName, raw: Buffer): void {
    const message = relevant(raw);
    if (message?.t === 'done') {
      this.#readToTheEnd(message);
      this.#keepJson(received.time, Date.now());
    }
    this.kept.append(channel === 'main' ? received.main : received.side, raw, 0, message);
    if (message?.t === 'done' || message?.t === 'ready') {
      this.#interrupts.answered();
      this.#beginNext();
    } else if (message?.t === 'pair') {
      this.#streams.open(message.number);
      if (message.id !== undefined) this.#channels.send('side', { t: 'opened', number: message.number });
    } else if (message?.t === 'interrupting') {
      this.#interrupts.answered();
    } else if (message?.t === 'exec') {
      this.#isReplaced = !message.failed;
    }
  }

  /**
   * The worker has closed its main channel. A process that continues without it is useless, unless it has become
   * another program.
   */
  async #loseChannel(): Promise<void> {
    if (this.#isReplaced || (await within(WITHOUT_CHANNEL_MS, this.#process.exited))) return;
    this.#process.group.signal('SIGKILL');
  }

  /** The end markers that a reply names have been written: they come before it in the journal. */
  #readToTheEnd({ id, ends }: Extract<WorkerMessage, { t: 'done' }>): void {
    const pair = this.kept.journal.state.pairOf(id);
    if (pair !== undefined) this.#streams.drain(ends.map((index) => 2 * pair + index));
  }

  #beginNext(): void {
    if (!this.kept.journal.state.isIdle || this.#hasEnded) return;
    const next = this.kept.requests.begin(this.kept.journal.end);
    if (next) {
      this.#keepJson(received.begin, { id: next.id, at: Date.now() });
      this.#channels.send('main', next.message);
    } else if (this.#farewell.isDue) {
      this.#farewell.say();
    }
  }

  /** What waits for a host that does not come need not go on. */
  #endIfStuck(): void {
    if (this.#farewell.isDue && !this.kept.reads) this.#farewell.say();
  }

  #sayFarewell(): void {
    const { running } = this.kept.journal.state;
    for (const id of this.kept.requests.waiting) this.cancel(id);
    this.kept.giveUpOldest();
    if (running !== undefined) this.#interrupts.interrupt(running);
    this.#channels.send('main', { t: 'exit', code: 0 });
  }

  /** The worker has ended. What it wrote before is still in the buffers of the system. */
  async #end(ending: WorkerEnding): Promise<void> {
    this.#channels.readOn(true);
    await within(LAST_WORDS_MS, Promise.all([this.#channels.ended(), this.#process.streamsEnded]));
    this.#streams.drain();
    this.#keepUnsentText(); // which belongs before the end of its stream
    this.#streams.finish();
    this.#hasEnded = true;
    this.#farewell.dispose();
    this.#interrupts.answered();
    this.kept.requests.clear();
    this.#keepJson(received.exit, { ...ending, unattended: this.#farewell.isSaid });
    if (!this.kept.isAttached) this.leave();
  }

  #keepUnsentText(): void {
    let text: Buffer;
    try {
      text = readFileSync(path.join(this.#orders.directory, 'text'));
    } catch {
      return; // most sessions never print that much
    }
    this.kept.append(received.left, text);
  }

  #keepJson(kind: number, payload: unknown): void {
    this.kept.append(kind, Buffer.from(JSON.stringify(payload)));
  }
}
