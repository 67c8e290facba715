import type { Socket } from 'node:net';
import { encodeFrame, FrameReader } from '../engine/link/messageFrames.js';

/** A message of the inspector's protocol, as far as it is read here. */
export interface InspectorMessage {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
}

/** Sends and receives the messages of the inspector in a JavaScript worker. */
export class InspectorStream {
  readonly #socket: Socket;

  /** `onEnd` is called once when no more can come, with the error if the connection has failed. */
  constructor(socket: Socket, onMessage: (message: InspectorMessage) => void, onEnd: (error?: Error) => void) {
    this.#socket = socket;
    const reader = new FrameReader();
    let failure: Error | undefined;
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const message of reader.push(chunk)) onMessage(message as InspectorMessage);
      } catch (error) {
        socket.destroy(error as Error);
      }
    });
    socket.on('error', (error) => (failure = error)); // followed by 'close'
    socket.once('close', () => {
      onEnd(failure);
    });
    socket.resume(); // it was paused until there is a reader
  }

  send(message: unknown): void {
    if (this.#socket.writable) this.#socket.write(encodeFrame(message));
  }

  /** The command is interrupted: where it is stopped, it goes on to its end. */
  interrupt(): void {
    this.send({ interrupt: true });
  }

  end(): void {
    this.#socket.end();
  }
}
