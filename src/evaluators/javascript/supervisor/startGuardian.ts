import { spawn } from 'node:child_process';
import type { ProcessGroup } from '../../../engine/link/processGroup.js';
import type { Orders } from './orders.js';

/** Cleans up if this process is killed. */
export interface Guardian {
  /** Everything has been cleaned up. */
  release(): void;
}

/** Starts a program that outlives this one, and tells it about the directory and the group. */
export function startGuardian({ guardian: [file, ...args], directory }: Orders, group: ProcessGroup): Guardian {
  const child = spawn(file, args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'], env: {} });
  child.on('error', () => undefined); // it cannot be started, or was killed
  child.stdin.on('error', () => undefined);
  child.unref();
  child.stdin.write(`d 1 ${directory}\n`);
  const tell = (): void => {
    const { id, state, startTime = '' } = group;
    child.stdin.write(state === 'gone' ? 'g 1\n' : `g 1 ${String(id)} ${state === 'left' ? 'gone' : startTime}\n`);
  };
  group.onDidChangeState(tell);
  tell();
  return {
    release: () => {
      child.stdin.write('x 1\n');
    },
  };
}
