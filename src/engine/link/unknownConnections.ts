import type { Socket } from 'node:net';

/** The most connections that are about to say who they are; the oldest one makes way. */
const MOST_UNKNOWN = 16;

/** The connections of a server that have not sent its token yet. Each has a limited time for it. */
export class UnknownConnections {
  readonly #patienceMs: number;
  /** The timer of each, the oldest one first. */
  readonly #timers = new Map<Socket, NodeJS.Timeout>();

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  get size(): number {
    return this.#timers.size;
  }

  add(socket: Socket): void {
    const [oldest] = this.#timers.keys();
    if (oldest && this.#timers.size >= MOST_UNKNOWN) this.#drop(oldest);
    this.#timers.set(
      socket,
      setTimeout(() => {
        this.#drop(socket);
      }, this.#patienceMs),
    );
    socket.once('close', () => {
      this.remove(socket);
    });
  }

  /** It has sent the token, or is closed. */
  remove(socket: Socket): void {
    clearTimeout(this.#timers.get(socket));
    this.#timers.delete(socket);
  }

  /** Closes all that are left. */
  close(): void {
    for (const socket of this.#timers.keys()) this.#drop(socket);
  }

  #drop(socket: Socket): void {
    this.remove(socket);
    socket.destroy();
  }
}
