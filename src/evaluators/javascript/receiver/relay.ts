import { once } from 'node:events';
import { createConnection, Socket } from 'node:net';
import { readToTheEnd } from '../supervisor/readToTheEnd.js';

/** For the last bytes to leave. */
const END_MS = 2000;

/** As much as is read at once. */
const PIECE = 1 << 18;

/**
 * Connects to a session's socket, and passes on what it says once `relay` is called.
 * @throws the system's error if nobody listens there.
 */
export async function connectTo(file: string): Promise<SessionEnd> {
  let pass: (bytes: Uint8Array) => boolean = () => true;
  const callback = (size: number, buffer: Uint8Array): boolean => pass(buffer.subarray(0, size));
  const socket = createConnection({ path: file, onread: { buffer: Buffer.allocUnsafeSlow(PIECE), callback } });
  await once(socket, 'connect'); // or its error
  return { socket, passTo: (to) => (pass = to) };
}

/** The connection to a session, which says nothing before it is asked. */
export interface SessionEnd {
  readonly socket: Socket;
  /** The bytes are only valid until the next ones; nothing is read while the result of the last call was false. */
  readonly passTo: (pass: (bytes: Uint8Array) => boolean) => void;
}

/**
 * Passes what the host says to the session, and back, until one of them has gone. A host says something every ten
 * seconds, as long as the way from there exists: it is gone after `silenceMs` without. Resolves with whether it has
 * ended otherwise.
 */
export async function relay({ socket: session, passTo }: SessionEnd, silenceMs: number): Promise<boolean> {
  const host = { in: new Socket({ fd: 0, writable: false }), out: new Socket({ fd: 1, readable: false }) };
  readToTheEnd(session);
  const closed = new Promise<void>((resolve) => {
    session.once('close', () => {
      resolve();
    });
  });
  const leave = (): void => {
    session.destroy();
  };
  for (const stream of [session, host.in, host.out]) stream.on('error', leave);
  let isSilent = false;
  const silence = setTimeout(() => {
    isSilent = true;
    leave();
  }, silenceMs);
  host.in.on('data', () => silence.refresh());
  host.in.pipe(session);
  passTo((bytes) => {
    let isWaiting = false;
    host.out.write(bytes, () => {
      if (isWaiting) session.resume();
    });
    isWaiting = host.out.writableLength > 0;
    return !isWaiting;
  });
  session.resume(); // so that its end is heard
  await closed;
  clearTimeout(silence);
  await new Promise<void>((resolve) => {
    setTimeout(resolve, END_MS);
    host.out.end(() => {
      resolve();
    });
  });
  return !isSilent;
}
