import { createConnection } from 'node:net';
import type { Wire } from './wire.js';

/** Shared by all connections: what was read is passed on before the next read. */
const readBuffer = Buffer.allocUnsafeSlow(1 << 18);

/**
 * Connects to a Unix socket.
 * @throws the system's error if nobody listens there.
 */
export function connectToSocket(path: string): Promise<Wire> {
  return new Promise((resolve, reject) => {
    let receive: (chunk: Buffer) => void = () => undefined;
    const onread = {
      buffer: readBuffer,
      callback: (size: number, buffer: Uint8Array): boolean => {
        receive((buffer as Buffer).subarray(0, size));
        return true;
      },
    };
    const socket = createConnection({ path, onread });
    const closed = new Promise<void>((settle) => {
      socket.once('close', () => {
        settle();
      });
    });
    socket.on('error', reject); // once it is connected, 'close' follows
    socket.once('connect', () => {
      resolve({
        listen: (to) => (receive = to),
        write: (bytes) => {
          if (socket.writable) socket.write(bytes);
        },
        pause: () => void socket.pause(),
        resume: () => void socket.resume(),
        end: () => void socket.end(),
        destroy: () => void socket.destroy(),
        closed,
      });
    });
  });
}
