import { readSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { encodeFrame, FrameReader } from '../../../engine/link/messageFrames.js';
import { withPlainBuiltins } from './builtins.js';

const CHUNK = 1 << 16;
const read = readSync;

/** A connection to the host: frames of a 4-byte big-endian length and that many bytes of JSON. */
export class Channel {
  readonly #socket: Socket;
  readonly #reader = new FrameReader();
  #isReading = false;

  /** `closed` is called once, when the host is gone. */
  constructor(
    path: string,
    greeting: object,
    { message, closed }: { message: (message: never) => void; closed: () => void },
  ) {
    this.#socket = connect(path);
    this.#socket.on('data', (chunk) => {
      withPlainBuiltins(() => {
        this.#isReading = true;
        const received = this.#reader.push(chunk);
        this.#isReading = false;
        for (const one of received) message(one as never);
      });
    });
    this.#socket.on('error', () => undefined); // followed by 'close'
    this.#socket.once('close', closed);
    this.send(greeting);
  }

  /** The connection no longer keeps the process alive by itself. */
  unref(): void {
    this.#socket.unref();
  }

  /** The messages that have come and were not read, while code keeps the event loop busy. Not on Windows. */
  readNow(): unknown[] {
    const { fd = -1 } = (this.#socket as unknown as { readonly _handle?: { readonly fd?: number } })._handle ?? {};
    if (fd < 0 || this.#isReading) return [];
    const messages: unknown[] = [];
    for (;;) {
      const chunk = Buffer.alloc(CHUNK);
      let size;
      try {
        size = read(fd, chunk);
      } catch {
        return messages; // nothing more has come
      }
      if (size === 0) return messages; // the host is gone, which the event loop hears of, too
      messages.push(...this.#reader.push(chunk.subarray(0, size)));
    }
  }

  send(message: object): void {
    this.#socket.write(withPlainBuiltins(() => encodeFrame(message)));
  }
}
