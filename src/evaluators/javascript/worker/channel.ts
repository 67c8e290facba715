import { connect, type Socket } from 'node:net';
import { encodeFrame, FrameReader } from '../../../engine/link/messageFrames.js';
import { withPlainBuiltins } from './builtins.js';

/** A connection to the host: frames of a 4-byte big-endian length and that many bytes of JSON. */
export class Channel {
  readonly #socket: Socket;

  /** `closed` is called once, when the host is gone. */
  constructor(
    path: string,
    greeting: object,
    { message, closed }: { message: (message: never) => void; closed: () => void },
  ) {
    const reader = new FrameReader();
    this.#socket = connect(path);
    this.#socket.on('data', (chunk) => {
      withPlainBuiltins(() => {
        for (const received of reader.push(chunk)) message(received as never);
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

  send(message: object): void {
    this.#socket.write(withPlainBuiltins(() => encodeFrame(message)));
  }
}
