import type { Readable } from 'node:stream';
import { within } from '../deadline.js';
import type { LaunchCommand } from '../evaluator.js';
import { hasSignals, type PipedProgram, startPiped } from '../link/childProcess.js';
import type { Wire } from '../supervised/wire.js';
import { outputSocket } from './outputSocket.js';

/** Within which a program ends that has closed its output. */
const END_MS = 2000;

type Source = Omit<Wire, 'write' | 'end'>;

export interface ProgramOnWire {
  readonly program: PipedProgram;
  /** Through its standard streams. */
  readonly wire: Wire;
  /** Returns what was read too early: it comes first when the wire is resumed. */
  readonly unread: (rest: Buffer) => void;
}

/** @throws EvaluatorStartError if there is no place for its streams, or the system's error if it cannot be started. */
export async function startOnWire(command: LaunchCommand, env: NodeJS.ProcessEnv): Promise<ProgramOnWire> {
  const output = hasSignals ? await outputSocket() : undefined;
  try {
    const program = await startPiped(command, env, output?.far);
    return onWire(program, output?.near ?? sourceOf(program.stdout));
  } catch (error) {
    output?.near.destroy();
    throw error;
  } finally {
    output?.far.destroy();
  }
}

function onWire(program: PipedProgram, source: Source): ProgramOnWire {
  const { stdin } = program;
  let isDestroyed = false;
  let receive: (chunk: Buffer) => void = () => undefined;
  let early: Buffer | undefined;
  const destroy = (): void => {
    if (isDestroyed) return;
    isDestroyed = true;
    stdin.destroy();
    source.destroy();
    program.end();
  };
  void source.closed.then(() => within(END_MS, program.exited)).then(destroy); // it says how it ends, if it does
  source.listen((chunk) => {
    receive(chunk);
  });
  const wire: Wire = {
    listen: (to) => (receive = to),
    write: (bytes) => {
      if (stdin.writable) stdin.write(bytes);
    },
    pause: () => {
      source.pause();
    },
    resume: () => {
      const rest = early;
      early = undefined;
      source.resume();
      if (rest) receive(rest); // which may pause it again; nothing else has come yet
    },
    end: () => void stdin.end(),
    destroy,
    closed: source.closed,
  };
  return { program, wire, unread: (rest) => (early = rest.length > 0 ? rest : undefined) };
}

function sourceOf(stdout: Readable | null): Source {
  if (!stdout) throw new Error('The program has no output.');
  let receive: (chunk: Buffer) => void = () => undefined;
  stdout.on('data', (chunk: Buffer) => {
    receive(chunk);
  });
  stdout.pause();
  return {
    listen: (to) => (receive = to),
    pause: () => void stdout.pause(),
    resume: () => void stdout.resume(),
    destroy: () => void stdout.destroy(),
    closed: new Promise((resolve) => {
      stdout.once('close', resolve);
    }),
  };
}
