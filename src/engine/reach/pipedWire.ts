import { within } from '../deadline.js';
import type { PipedProgram } from '../link/childProcess.js';
import type { Wire } from '../supervised/wire.js';

/** Within which a program ends that has closed its output. */
const END_MS = 2000;

/** A wire through the standard streams of a program, and how to return what was read before. */
export function pipedWire(program: PipedProgram): { readonly wire: Wire; readonly unread: (rest: Buffer) => void } {
  const { stdin, stdout } = program;
  let isDestroyed = false;
  const closed = new Promise<void>((resolve) => {
    stdout.once('close', () => {
      void within(END_MS, program.exited).then(destroy); // it says how it ends, if it does
      resolve();
    });
  });
  const destroy = (): void => {
    if (isDestroyed) return;
    isDestroyed = true;
    stdin.destroy();
    stdout.destroy();
    program.end();
  };
  const wire: Wire = {
    listen: (receive) => {
      stdout.on('data', receive);
      stdout.pause();
    },
    write: (bytes) => {
      if (stdin.writable) stdin.write(bytes);
    },
    pause: () => void stdout.pause(),
    resume: () => void stdout.resume(),
    end: () => void stdin.end(),
    destroy,
    closed,
  };
  const unread = (rest: Buffer): void => {
    if (rest.length > 0) stdout.unshift(rest);
  };
  return { wire, unread };
}
