import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import { isToken } from '../../../engine/link/isToken.js';
import { UnknownConnections } from '../../../engine/link/unknownConnections.js';
import type { Attachment, KeptRequest } from '../../../engine/supervised/attachment.js';
import {
  encodeSupervisorFrame,
  PROTOCOL_VERSION,
  received,
  sent,
  type SupervisorFrame,
  SupervisorFrameReader,
} from '../../../engine/supervised/frames.js';
import { after } from '../../../engine/deadline.js';
import type { Disposable } from '../../../engine/disposable.js';
import { Debuggers } from './debuggers.js';
import { MUCH_AT_ONCE } from './keptOutput.js';
import { logError } from './logError.js';
import { readToTheEnd } from './readToTheEnd.js';
import type { InputEnvelope, Supervisor } from './supervisor.js';

/** What is not urgent waits for what follows, for less time if it is little. */
const SOON_MS = 1;
const A_LITTLE_LATER_MS = 10;
/** From so many bytes on, a host reads them in a file at a lower cost. */
const MUCH = 1 << 18;
/** How long a connection may take to show the secret, and how much it may send before. */
const PATIENCE_MS = 5000;
/** For the first host to connect. */
const FIRST_MS = 4000;
const nothing = Buffer.alloc(0);
const MAX_GREETING = 1 << 16;
const LENGTH = 4;

/** What is meant for this process, and the message for the worker. */
function opened(payload: Buffer): { envelope: unknown; message: Buffer } {
  const end = LENGTH + payload.readUInt32BE(0);
  return { envelope: JSON.parse(payload.toString('utf8', LENGTH, end)), message: payload.subarray(end) };
}

interface Attach {
  readonly version?: unknown;
  readonly secret?: unknown;
  readonly stored?: number;
  /** Whether the host reads what is in files itself. */
  readonly files?: boolean;
}

/** Serves one host at a time: the newest. */
export class Hosts {
  readonly #supervisor: Supervisor;
  readonly #secret: string;
  readonly #unknown = new UnknownConnections(PATIENCE_MS);
  #current: Socket | undefined;
  /** The offset up to which the current host has been sent everything. */
  #sent = 0;
  #readsFiles = false;
  #isFlushing = false;
  #waiting: Disposable | undefined;
  #hasGreeted = false;
  #debuggers: Debuggers | undefined;

  constructor(supervisor: Supervisor, secret: string) {
    this.#supervisor = supervisor;
    this.#secret = secret;
    supervisor.kept.hasMore = () => {
      this.#flushSoon();
    };
  }

  /** Resolves when hosts can connect there. @throws the system's error. */
  listen(file: string): Promise<void> {
    return new Promise((resolve, reject) => {
      createServer((socket) => {
        this.#accept(socket);
      })
        .once('error', reject)
        .listen(file, resolve);
      after(FIRST_MS, () => {
        if (!this.#hasGreeted && this.#unknown.size === 0) this.#supervisor.leave();
      });
    });
  }

  #accept(socket: Socket): void {
    const reader = new SupervisorFrameReader();
    let greeted = 0;
    readToTheEnd(socket);
    this.#unknown.add(socket);
    socket.on('error', () => undefined); // followed by 'close'
    socket.on('end', () => socket.destroy());
    socket.on('close', () => {
      if (socket === this.#current) this.#current = undefined;
      else if (this.#hasGreeted) return;
      this.#leave(); // also if it was the program that leads to a host which is not there any more
    });
    socket.on('data', (chunk: Buffer) => {
      if (socket !== this.#current) greeted += chunk.length;
      try {
        if (greeted > MAX_GREETING && socket !== this.#current) throw new RangeError('The greeting is too long.');
        for (const frame of reader.push(chunk)) {
          if (socket === this.#current) this.#handle(frame);
          else if (!socket.destroyed) this.#greet(socket, frame);
        }
      } catch (error) {
        logError(error);
        socket.destroy();
      }
    });
  }

  #greet(socket: Socket, { kind, payload }: SupervisorFrame): void {
    if (kind !== sent.attach) throw new Error('A connection did not begin with its secret.');
    const { version, secret, stored, files = false } = JSON.parse(payload.toString()) as Attach;
    if (typeof secret !== 'string' || !isToken(Buffer.from(secret), this.#secret)) {
      socket.destroy();
      return;
    }
    this.#unknown.remove(socket);
    if (version !== PROTOCOL_VERSION) {
      socket.end(encodeSupervisorFrame(received.refused, { version: PROTOCOL_VERSION }));
      return;
    }
    this.#hasGreeted = true;
    const former = this.#current;
    this.#current = undefined;
    if (former) {
      former.destroy();
      this.#leave();
    }
    this.#current = socket;
    this.#readsFiles = files;
    this.#answer(socket, stored);
  }

  #answer(socket: Socket, stored: number | undefined): void {
    const supervisor = this.#supervisor;
    const { kept } = supervisor;
    const { journal, requests } = kept;
    if (stored !== undefined) kept.acknowledge(0, stored);
    supervisor.attach();
    const from = (this.#sent = kept.firstNeeded);
    const state = journal.stateAt(from);
    const answer: Attachment = {
      from,
      to: journal.end,
      stored: kept.stored,
      hello: state.hello,
      state: state.toJSON(),
      requests: [...requests.known],
      lost: requests.lost(journal.start),
      lines: kept.lines,
      lastId: requests.lastId,
      lastCount: requests.lastCount,
      about: supervisor.about,
      file: journal.file,
    };
    socket.write(encodeSupervisorFrame(received.attached, answer));
    socket.on('drain', () => {
      this.#flush();
    });
    kept.hurry();
    this.#flush();
  }

  /** Commands continue without the debuggers of a host that has gone. */
  #leave(): void {
    this.#debuggers?.close();
    this.#debuggers = undefined;
    this.#supervisor.leave();
  }

  /** What is kept at once is sent at once. */
  #flushSoon(): void {
    if (this.#isFlushing || !this.#current) return;
    this.#isFlushing = true;
    process.nextTick(() => {
      this.#isFlushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    this.#debuggers?.readOn(this.#supervisor.kept.reads);
    const socket = this.#current;
    while (socket?.writable && !socket.writableNeedDrain) {
      const bytes = this.#next();
      if (!bytes) break;
      socket.write(bytes);
    }
    this.#flushLater();
  }

  /** Whole frames, or where they are. */
  #next(): Buffer | undefined {
    const { kept } = this.#supervisor;
    const start = this.#sent;
    if (start >= kept.due) return undefined;
    const block = kept.journal.blockAt(start);
    if (this.#readsFiles && block.end - start >= MUCH) kept.journal.finish(block);
    const place = this.#readsFiles ? block.place(start) : undefined;
    if (place && start - kept.processed > kept.window.size) return undefined; // the host has enough to read
    this.#sent = kept.journal.sealed = block.end;
    if (!this.#readsFiles) kept.window.sent(this.#sent);
    return place ? encodeSupervisorFrame(received.stored, place) : Buffer.from(block.read(start));
  }

  #flushLater(): void {
    const { kept } = this.#supervisor;
    const left = kept.journal.end - this.#sent;
    if (left === 0 || this.#sent < kept.due || this.#waiting) return;
    this.#waiting = after(left < MUCH_AT_ONCE ? SOON_MS : A_LITTLE_LATER_MS, () => {
      this.#waiting = undefined;
      kept.hurry();
      this.#flush();
    });
  }

  #handle({ kind, stream, payload }: SupervisorFrame): void {
    const supervisor = this.#supervisor;
    const json = (): unknown => JSON.parse(payload.toString());
    switch (kind) {
      case sent.submit: {
        const { envelope, message } = opened(payload);
        supervisor.submit({ ...(envelope as KeptRequest), message: Buffer.from(message) });
        break;
      }
      case sent.cancel:
        supervisor.cancel(json() as number);
        break;
      case sent.interrupt:
        supervisor.interrupt(json() as number);
        break;
      case sent.toMain:
        supervisor.send('main', payload);
        break;
      case sent.toSide:
        supervisor.send('side', payload);
        break;
      case sent.answerInput: {
        const { envelope, message } = opened(payload);
        supervisor.answerInput(envelope as InputEnvelope, message);
        break;
      }
      case sent.writeLines:
        supervisor.kept.lines.push(...(json() as string[]));
        break;
      case sent.signal:
        supervisor.signalGroup(json() as number);
        break;
      case sent.closePair:
        supervisor.closePair(json() as number);
        break;
      case sent.acknowledge:
        supervisor.kept.acknowledge(...(json() as [number, number]));
        this.#flushSoon();
        break;
      case sent.over:
        supervisor.kept.forget(json() as number[]);
        break;
      case sent.ping:
        supervisor.kept.append(received.pong, nothing);
        break;
      case sent.leadDebuggers:
        this.#debuggers = new Debuggers(path.join(supervisor.directory, json() as string), supervisor.kept);
        break;
      case sent.toDebugger:
        this.#debuggers?.send(stream, payload);
        break;
      case sent.kill:
        void supervisor.finish();
        break;
    }
  }
}
