import { expect } from 'vitest';
import type { ExtSession } from '../../src/library.js';

/** A session that is reached in any way has every byte, and is interrupted in a flood. */
export async function expectBytesAndInterrupt(session: ExtSession): Promise<void> {
  const bytes = session.execute('import sys; _ = sys.stdout.buffer.write(bytes(range(256)) * 20000)');
  await bytes.wait();
  const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect(Buffer.compare(bytes.bytes('stdout'), Buffer.alloc(256 * 20000, every))).toBe(0);
  const flood = session.execute('while True: print("y" * 99)');
  await expect.poll(() => flood.stdout.length, { timeout: 20_000 }).toBeGreaterThan(0);
  await session.interrupt();
  expect((await flood.wait()).status).toBe('interrupted');
}
