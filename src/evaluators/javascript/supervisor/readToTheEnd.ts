import type { Socket } from 'node:net';

type Done = (error?: NodeJS.ErrnoException | null) => void;

/**
 * Lets a socket deliver what its other end has sent before it went, even if writing to it fails first: Node.js would
 * close it without reading the rest. The end follows, as the last that is read.
 */
export function readToTheEnd(socket: Socket): void {
  const write = socket._write.bind(socket);
  const writeSeveral = socket._writev?.bind(socket);
  socket._write = (chunk, encoding, done) => {
    write(chunk, encoding, unlessGone(done));
  };
  if (writeSeveral)
    socket._writev = (chunks, done) => {
      writeSeveral(chunks, unlessGone(done));
    };
}

function unlessGone(done: Done): Done {
  return (error) => {
    done(error?.code === 'EPIPE' || error?.code === 'ECONNRESET' ? undefined : error);
  };
}
