import type { Socket } from 'node:net';
import * as v from 'valibot';
import { encodeFrame, FrameReader } from '../engine/link/messageFrames.js';

const inspectorMessage = v.looseObject({
  id: v.exactOptional(v.number()),
  method: v.exactOptional(v.string()),
  params: v.exactOptional(v.unknown()),
});

/** A message of the inspector's protocol, as far as it is read here. */
export type InspectorMessage = Readonly<v.InferOutput<typeof inspectorMessage>>;

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
        for (const message of reader.push(chunk)) onMessage(v.parse(inspectorMessage, message));
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
