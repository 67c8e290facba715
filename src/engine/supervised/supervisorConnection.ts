import path from 'node:path';
import * as v from 'valibot';
import { within } from '../deadline.js';
import { SessionGoneError } from '../errors.js';
import type { Logger } from '../logger.js';
import { type Attachment, attachment, refusal } from './attachment.js';
import {
  encodeSupervisorFrame,
  PROTOCOL_VERSION,
  received,
  sent,
  type SupervisorFrame,
  SupervisorFrameReader,
} from './frames.js';
import { joinedData } from './joinedData.js';
import { JournalFiles } from './journalFiles.js';
import type { SessionReference } from './sessionReference.js';
import { connectToSocket } from './socketWire.js';
import type { Wire } from './wire.js';

/** Within which everything that was sent before the end is received. */
const END_MS = 2000;
/** A supervisor answers at once, unless its process has been stopped. */
const LOOK_MS = 15_000;

/** A connection to a supervisor, which has accepted this process as the session's host. */
export class SupervisorConnection {
  readonly #wire: Wire;
  readonly #log: Logger;
  readonly #reader = new SupervisorFrameReader();
  /** For what is in files: always whole frames. */
  readonly #storedReader = new SupervisorFrameReader();
  /** Absent if those of the supervisor are on another machine. */
  readonly #files: JournalFiles | undefined;
  readonly #early: SupervisorFrame[] = [];
  #deliver: ((frame: SupervisorFrame) => void) | undefined;
  #answered!: (frame: SupervisorFrame) => void;
  readonly #answer: Promise<SupervisorFrame>;
  #isAnswered = false;
  #reached = 0;
  /** The offset up to which an earlier host has kept everything. */
  #stored = 0;
  #arrived = 0;
  /** The offset in the journal after the last frame that was delivered as a whole. */
  position = 0;
  /** Settles when the other end is gone and everything that it sent has arrived here. */
  readonly closed: Promise<void>;

  /** `directory` is the session's, if the supervisor is on this machine. */
  constructor(wire: Wire, log: Logger, directory?: string) {
    this.#wire = wire;
    this.#files = directory === undefined ? undefined : new JournalFiles(directory);
    this.#log = log;
    this.#answer = new Promise((resolve) => (this.#answered = resolve));
    this.closed = wire.closed.then(() => this.#files?.dispose());
    wire.listen((chunk) => {
      this.#receive(chunk);
    });
    wire.resume();
  }

  /**
   * Asks to be the host. `stored` is the offset up to which this process has kept everything.
   * @throws SessionGoneError if this is not that session, or its supervisor is of another version.
   */
  async attach(secret: string, stored?: number): Promise<Attachment> {
    const known = stored === undefined ? {} : { stored };
    this.send(sent.attach, { version: PROTOCOL_VERSION, secret, files: this.#files !== undefined, ...known });
    const frame = await Promise.race([this.#answer, this.closed]);
    if (!frame) throw new SessionGoneError('refused');
    if (frame.kind === received.refused) {
      const { version } = v.parse(refusal, json(frame));
      throw new SessionGoneError('version', `${String(version)} instead of ${String(PROTOCOL_VERSION)}`);
    }
    const answer = v.parse(attachment, json(frame));
    this.position = this.#reached = answer.from;
    this.#stored = answer.stored;
    if (answer.file !== undefined) this.#files?.expect(answer.file);
    return answer;
  }

  /**
   * Whether a supervisor is at the other end. One that is about to end can still accept connections, but it does not
   * answer; one that goes on refuses a version that does not exist.
   */
  async isAnswered(secret: string): Promise<boolean> {
    this.send(sent.attach, { version: 0, secret });
    return (await Promise.race([this.#answer, this.closed])) !== undefined;
  }

  /** The offset after the last byte that was delivered. */
  get reached(): number {
    return this.#reached;
  }

  /** The number of bytes that have come over the wire. */
  get arrived(): number {
    return this.#arrived;
  }

  /** Delivers frames, beginning with those that have already arrived. Replaces an earlier `deliver`. */
  listen(deliver: (frame: SupervisorFrame) => void): void {
    this.#deliver = deliver;
    this.#orClose(() => {
      while (this.#early.length > 0 && this.#deliver === deliver) {
        const frame = this.#early.shift();
        if (frame) this.#take(frame);
      }
    });
    if (this.#deliver === deliver) this.#wire.resume();
  }

  /** Keeps what arrives until `listen` is called again. */
  hold(): void {
    this.#deliver = undefined;
    this.#wire.pause();
  }

  send(kind: number, payload: unknown, stream = 0): void {
    this.#wire.write(encodeSupervisorFrame(kind, payload, stream));
  }

  /**
   * Closes the connection after what was sent; resolves when it has been received, or the other end does not respond.
   */
  async end(): Promise<void> {
    this.#deliver = () => undefined;
    this.#wire.end();
    this.#wire.resume();
    await within(END_MS, this.closed);
    this.#wire.destroy();
  }

  destroy(): void {
    this.#wire.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#arrived += chunk.length;
    this.#orClose(() => {
      for (const frame of this.#reader.push(chunk)) {
        if (frame.kind === received.attached || frame.kind === received.refused) this.#receiveAnswer(frame);
        else if (!this.#isAnswered) throw new RangeError('Its other end is not a supervisor.');
        else if (this.#deliver && this.#early.length === 0) this.#take(frame);
        else this.#early.push(kept(frame));
      }
    });
  }

  #orClose(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#log.error(`The connection to the session was closed: ${String(error)}`);
      this.#wire.destroy();
    }
  }

  #receiveAnswer(frame: SupervisorFrame): void {
    this.#isAnswered = true;
    this.#answered(kept(frame));
  }

  /** Delivers it; if it stands for others, those of them that nobody listens to any more come first later. */
  #take(frame: SupervisorFrame): void {
    if (frame.kind !== received.stored) {
      if (this.#deliver) this.#pass(frame, this.#deliver);
      return;
    }
    const early: SupervisorFrame[] = [];
    for (const inner of joinedData(this.#readStored(frame), this.#reached, this.#stored)) {
      if (this.#deliver && early.length === 0) this.#pass(inner, this.#deliver);
      else early.push(kept(inner));
    }
    this.#early.unshift(...early);
  }

  *#readStored(frame: SupervisorFrame): Generator<SupervisorFrame, void, undefined> {
    if (!this.#files) throw new RangeError('It refers to a file of another machine.');
    for (const chunk of this.#files.read(json(frame))) yield* this.#storedReader.push(chunk);
  }

  /** An error in the handler of a frame does not end the connection. */
  #pass(frame: SupervisorFrame, deliver: (frame: SupervisorFrame) => void): void {
    this.#reached += frame.size;
    if (frame.isLast) this.position = this.#reached;
    try {
      deliver(frame);
    } catch (error) {
      this.#log.error(`A message of the session could not be handled: ${String(error)}`);
    }
  }
}

/**
 * Connects to the supervisor in a session's directory.
 * @throws the system's error if nobody listens there.
 */
export async function connectToSupervisor(directory: string, log: Logger): Promise<SupervisorConnection> {
  return new SupervisorConnection(await connectToSocket(path.join(directory, 'h')), log, directory);
}

/**
 * After a connection has ended: whether a supervisor on this machine still serves the session, with another host. It is
 * lost if one is there that does not answer in time.
 */
export async function whetherReplaced(
  { directory, secret }: Pick<SessionReference, 'directory' | 'secret'>,
  log: Logger,
  patienceMs = LOOK_MS,
): Promise<'replaced' | 'lost' | undefined> {
  const connection = await connectToSupervisor(directory, log).catch(() => undefined);
  if (!connection) return undefined;
  const isAnswered = await within(patienceMs, connection.isAnswered(secret));
  connection.destroy();
  if (isAnswered === undefined) return 'lost';
  return isAnswered ? 'replaced' : undefined;
}

export function json({ payload }: SupervisorFrame): unknown {
  return JSON.parse(payload.toString());
}

function kept(frame: SupervisorFrame): SupervisorFrame {
  return { ...frame, payload: Buffer.from(frame.payload) };
}
