import { spawn } from 'node:child_process';
import type { Orders } from '../supervisor/orders.js';

/**
 * Does what makes a session in directories that it names first. If this process is killed meanwhile, they are removed;
 * afterwards, their owner removes them.
 */
export async function guarded<T>(
  [file, ...args]: Orders['guardian'],
  work: (guard: (directory: string) => void) => Promise<T>,
): Promise<T> {
  const { stdin } = spawn(file, args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'], env: {} }).on(
    'error',
    () => undefined, // it cannot be started: nobody else removes them
  );
  stdin.on('error', () => undefined);
  const guarding = (directory: string): void => {
    stdin.write(`d 1 ${directory}\n`);
  };
  try {
    return await work(guarding);
  } finally {
    stdin.end('x 1\n');
  }
}
