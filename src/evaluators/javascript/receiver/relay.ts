import { Socket } from 'node:net';
import { readToTheEnd } from '../supervisor/readToTheEnd.js';

/** For the last bytes to leave. */
const END_MS = 2000;

/**
 * Passes what the host says to the session, and back, until one of them has gone. A host says something every ten
 * seconds, as long as the way from there exists: it is gone after `silenceMs` without.
 */
export async function relay(session: Socket, silenceMs: number): Promise<void> {
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
  const silence = setTimeout(leave, silenceMs);
  host.in.on('data', () => silence.refresh());
  host.in.pipe(session);
  session.pipe(host.out);
  await closed;
  clearTimeout(silence);
  await new Promise<void>((resolve) => {
    setTimeout(resolve, END_MS);
    host.out.end(() => {
      resolve();
    });
  });
}
