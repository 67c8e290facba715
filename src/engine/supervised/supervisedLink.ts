import { constants } from 'node:os';
import * as v from 'valibot';
import type { EvaluatorInfo } from '../../protocol/output.js';
import type { MainMessage, Request, SideMessage, WorkerMessage } from '../../protocol/worker.js';
import { after } from '../deadline.js';
import type { Disposable } from '../disposable.js';
import { SessionDetachedError } from '../errors.js';
import type { Printed } from '../link/childProcess.js';
import { nudge } from '../link/interrupts/nudge.js';
import type { InputAnswer, LinesChange, Link, LinkHandler, RequestsAhead } from '../link/link.js';
import { receivedMessage } from '../link/receivedMessage.js';
import { stayAwake } from '../link/stayAwake.js';
import { unsentTextIn } from '../link/unsentText.js';
import type { Logger } from '../logger.js';
import type { StreamIndex } from '../output/streamMerger.js';
import type { Attachment } from './attachment.js';
import type { Greeting } from './greeting.js';
import { inEnvelope, received, sent, type SupervisorFrame } from './frames.js';
import type { LedDebuggers } from './ledDebuggers.js';
import type { SessionReference } from './sessionReference.js';
import { json, type SupervisorConnection } from './supervisorConnection.js';

/** What a supervisor on this machine lets this process leave unread. */
const WINDOW = 1 << 22;
const ACKNOWLEDGE_AFTER_MS = 50;

const begin = v.object({ id: v.number(), at: v.number() });
const cancellation = v.object({ id: v.number() });
const answered = v.object({ request: v.number() });
const exit = v.object({ exitCode: v.nullable(v.number()), signal: v.nullable(v.number()) });

export interface SupervisedLinkParts extends Greeting {
  readonly connection: SupervisorConnection;
  readonly attachment: Attachment;
  /** Undefined if the session ends with this host. */
  readonly reference: SessionReference | undefined;
  readonly marker: string;
  /** What the supervisor lets this process leave unread; a quarter of it is acknowledged at once. */
  readonly window?: number;
  /** After the connection has ended: why the session goes on without this host, or undefined if it does not. */
  readonly goesOn: () => Promise<'replaced' | 'lost' | undefined>;
  /** Absent if the process reaches those of this one by itself. */
  readonly debuggers?: LedDebuggers;
  readonly printed: Printed;
  readonly log: Logger;
}

type InputMessage = Extract<WorkerMessage, { t: 'input' }>;

/** A link to a process that belongs to a supervisor, which outlives this process. */
export class SupervisedLink implements Link, RequestsAhead {
  readonly #parts: SupervisedLinkParts;
  readonly #connection: SupervisorConnection;
  readonly #acknowledgeEvery: number;
  #handler: LinkHandler | undefined;
  #processed: number;
  #stored: number;
  #acknowledging: Disposable | undefined;
  #over: number[] = [];
  /** Questions for input from before this host: whether they have been answered shows later. */
  readonly #asked = new Map<number, InputMessage>();
  #isLive = false;
  #hasExited = false;
  #hasEndedAlone = false;
  #hasEnded = false;
  #repliedAt: number | undefined;

  readonly pid: number;
  readonly info: EvaluatorInfo;
  readonly marker: string;
  readonly attachment: Attachment;
  readonly reference: SessionReference | undefined;
  readonly ahead = this;
  readonly childrenOf: number | undefined;

  constructor(parts: SupervisedLinkParts) {
    this.#parts = parts;
    this.#connection = parts.connection;
    this.pid = parts.pid;
    this.childrenOf = parts.leavesChildren && !parts.debuggers ? parts.pid : undefined;
    this.#acknowledgeEvery = (parts.window ?? WINDOW) / 4;
    this.info = parts.info;
    this.marker = parts.marker;
    this.attachment = parts.attachment;
    this.reference = parts.reference;
    this.#processed = parts.attachment.from;
    this.#stored = parts.attachment.stored;
  }

  /** What is news is timed by whoever hears of it, more precisely. */
  get repliedAt(): number | undefined {
    return this.#isLive ? undefined : this.#repliedAt;
  }

  get hasEndedAlone(): boolean {
    return this.#hasEndedAlone;
  }

  get isStored(): boolean {
    return this.#connection.reached <= this.attachment.stored;
  }

  /** What the process printed came before its end. */
  lastWords(): Promise<string> {
    return Promise.resolve(this.#parts.printed.text);
  }

  open(handler: LinkHandler): void {
    this.#handler = handler;
    this.#connection.listen((frame) => {
      this.#receive(frame, handler);
    });
    this.#catchUp(handler);
    void this.#connection.closed.then(() => this.#lose(handler));
  }

  send(message: MainMessage): void {
    this.#connection.send(sent.toMain, message);
  }

  sendSide(message: SideMessage): void {
    if (message.t === 'input') this.answerInput(message, { used: 0, more: [] });
    else if (message.t !== 'opened') this.#connection.send(sent.toSide, message);
  }

  answerInput(message: InputAnswer, lines: LinesChange): void {
    this.#connection.send(sent.answerInput, inEnvelope({ request: message.request, ...lines }, message));
  }

  writeLines(lines: readonly string[]): void {
    if (lines.length > 0) this.#connection.send(sent.writeLines, lines);
  }

  submit(request: Request, count: number, note: unknown): void {
    const there = this.#parts.debuggers?.led(request) ?? request;
    this.#connection.send(sent.submit, inEnvelope({ id: request.id, count, kind: request.t, note }, there));
    stayAwake();
  }

  cancel(id: number): void {
    this.#connection.send(sent.cancel, id);
  }

  interrupt(id: number): void {
    this.#connection.send(sent.interrupt, id);
  }

  nudge(): boolean {
    const { reference, debuggers, pid } = this.#parts;
    return reference !== undefined && !debuggers && nudge(reference.directory, pid); // else it is on another machine
  }

  over(id: number): void {
    this.#over.push(id);
    this.#acknowledgeSoon();
  }

  terminate(): void {
    this.#connection.send(sent.signal, constants.signals.SIGTERM);
  }

  closePair(pair: number): void {
    this.#connection.send(sent.closePair, pair);
  }

  dispose(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#acknowledging?.dispose();
    this.#connection.send(sent.kill, null);
    void this.#connection.end();
  }

  async detach(): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#acknowledge();
    await this.#connection.end();
  }

  #receive(frame: SupervisorFrame, handler: LinkHandler): void {
    this.#deliver(frame, handler);
    this.#catchUp(handler);
    if (this.#connection.position - this.#processed >= this.#acknowledgeEvery) this.#acknowledgeOutput();
    else this.#acknowledgeSoon();
  }

  #deliver(frame: SupervisorFrame, handler: LinkHandler): void {
    const { kind, stream, payload } = frame;
    const [pair, index] = [stream >> 1, (stream & 1) as StreamIndex];
    switch (kind) {
      case received.data:
        handler.data(pair, index, payload);
        break;
      case received.main:
      case received.side:
        this.#message(json(frame), handler);
        break;
      case received.begin: {
        const { id, at } = v.parse(begin, json(frame));
        this.#parts.debuggers?.begun(id);
        handler.begun(id, at);
        break;
      }
      case received.time:
        this.#repliedAt = v.parse(v.number(), json(frame));
        break;
      case received.cancelled:
        handler.cancelled(v.parse(cancellation, json(frame)).id);
        break;
      case received.answered:
        this.#asked.delete(v.parse(answered, json(frame)).request);
        break;
      case received.debugger:
        this.#parts.debuggers?.receive(stream, payload);
        break;
      case received.printed:
        this.#parts.printed.append(index, payload);
        break;
      case received.end:
        if (payload.length > 0) this.#parts.log.error(`Stream ${String(stream)} was lost: ${payload.toString()}`);
        handler.streamEnded(pair, index);
        break;
      case received.left: {
        const text = unsentTextIn(payload);
        if (text) handler.left(text);
        break;
      }
      case received.exit:
        this.#exit(json(frame), handler);
        break;
    }
  }

  #message(raw: unknown, handler: LinkHandler): void {
    const { message, problem } = receivedMessage(raw);
    if (problem) this.#parts.log.error(`The worker sent an unknown message: ${problem}`);
    if (!message) return;
    if (!this.#isLive && message.t === 'input') this.#asked.set(message.request, message);
    else if (message.t === 'inputCancelled' && this.#asked.delete(message.request)) return;
    else handler.message(message);
  }

  /** From now on, what arrives is news. */
  #catchUp(handler: LinkHandler): void {
    if (this.#isLive || this.#connection.position < this.attachment.to) return;
    this.#isLive = true;
    for (const message of this.#asked.values()) handler.message(message);
    this.#asked.clear();
  }

  #exit(payload: unknown, handler: LinkHandler): void {
    const { exitCode, signal } = v.parse(exit, payload);
    this.#hasExited = true;
    this.#hasEndedAlone = !this.#isLive;
    handler.exited({ exitCode, signal: signal === null ? null : nameOf(signal) });
  }

  /** Another host has taken over, or the supervisor is gone and the process with it. */
  async #lose(handler: LinkHandler): Promise<void> {
    this.#acknowledging?.dispose();
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const reason = await this.#parts.goesOn();
    if (reason) handler.detached(new SessionDetachedError(reason));
    else if (!this.#hasExited) handler.exited({ exitCode: null, signal: null });
  }

  #acknowledgeSoon(): void {
    this.#acknowledging ??= after(ACKNOWLEDGE_AFTER_MS, () => {
      this.#acknowledge();
    });
  }

  #acknowledge(): void {
    this.#acknowledging?.dispose();
    this.#acknowledging = undefined;
    this.#acknowledgeOutput();
    if (this.#over.length === 0) return;
    this.#connection.send(sent.over, this.#over);
    this.#over = [];
  }

  /**
   * Without the ends of commands: whoever waits for one hears of it in a later turn. If this process is killed before
   * that, the command comes again.
   */
  #acknowledgeOutput(): void {
    const { position } = this.#connection;
    this.#stored = position;
    if (position === this.#processed) return;
    this.#processed = position;
    this.#connection.send(sent.acknowledge, [position, this.#stored]);
  }
}

function nameOf(signal: number): string {
  const found = Object.entries(constants.signals).find(([, number]) => number === signal);
  return found ? found[0] : `signal ${String(signal)}`;
}
