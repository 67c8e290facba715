import type { SessionDetachedError } from '../engine/errors.js';
import type { Link, LinkHandler } from '../engine/link/link.js';
import type { UnsentText } from '../engine/link/unsentText.js';
import type { StreamIndex } from '../engine/output/streamMerger.js';
import type { ExitStatus } from '../engine/link/childProcess.js';
import type { Reply, WorkerMessage } from '../protocol/worker.js';

/**
 * A link that reads everything that a command has written to one stream before it reads the other. If the order is
 * still right, it comes from the markers, not from the times of arrival.
 */
export function streamAfterStream(link: Link, first: StreamIndex): Link {
  return new Proxy(link, {
    get(target, name) {
      if (name === 'open') {
        return (handler: LinkHandler) => {
          target.open(new Holding(handler, first, target.marker));
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** Holds back the output and the reply of a command until both are complete. */
class Holding implements LinkHandler {
  readonly #handler: LinkHandler;
  readonly #order: readonly StreamIndex[];
  readonly #marker: string;
  readonly #events: [(() => void)[], (() => void)[]] = [[], []];
  readonly #texts: [string, string] = ['', ''];
  readonly #ended = new Set<StreamIndex>();
  #reply: Reply | undefined;

  constructor(handler: LinkHandler, first: StreamIndex, marker: string) {
    this.#handler = handler;
    this.#order = first === 0 ? [0, 1] : [1, 0];
    this.#marker = marker;
  }

  message(message: WorkerMessage): void {
    if (message.t !== 'done') {
      this.#handler.message(message);
      return;
    }
    this.#reply = message;
    this.#releaseIfWhole();
  }

  data(pair: number, stream: StreamIndex, bytes: Buffer): void {
    const copy = Buffer.from(bytes);
    this.#texts[stream] += copy.toString('latin1');
    this.#events[stream].push(() => {
      this.#handler.data(pair, stream, copy);
    });
    this.#releaseIfWhole();
  }

  streamEnded(pair: number, stream: StreamIndex): void {
    this.#ended.add(stream);
    this.#events[stream].push(() => {
      this.#handler.streamEnded(pair, stream);
    });
    this.#releaseIfWhole();
  }

  left(piece: UnsentText): void {
    this.#handler.left(piece);
  }

  exited(status: ExitStatus): void {
    this.#release();
    this.#handler.exited(status);
  }

  begun(id: number, at: number): void {
    this.#handler.begun(id, at);
  }

  cancelled(id: number): void {
    this.#handler.cancelled(id);
  }

  detached(error: SessionDetachedError): void {
    this.#handler.detached(error);
  }

  #releaseIfWhole(): void {
    const reply = this.#reply;
    if (!reply) return;
    const end = `\x1e${this.#marker}E${String(reply.id).padStart(16, '0')}`;
    const isWhole = (stream: StreamIndex): boolean => this.#texts[stream].includes(end) || this.#ended.has(stream);
    if (reply.ends.every(isWhole)) this.#release();
  }

  #release(): void {
    for (const stream of this.#order) {
      for (const deliver of this.#events[stream].splice(0)) deliver();
      this.#texts[stream] = '';
    }
    this.#ended.clear();
    const reply = this.#reply;
    this.#reply = undefined;
    if (reply) this.#handler.message(reply);
  }
}
