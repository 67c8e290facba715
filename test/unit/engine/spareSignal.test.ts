import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { spareSignal } from '../../../src/engine/link/interrupts/spareSignal.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** How many milliseconds pass until the signal is sent; undefined when it is not. */
async function sentAfter(program: (ms: number) => number | undefined, disposedAfter = Infinity) {
  const start = performance.now();
  const passed = (): number => performance.now() - start;
  let sent: number | undefined;
  const signal = spareSignal({ program: () => program(passed()), send: () => (sent = passed()) });
  while (sent === undefined && passed() < 1000) {
    await vi.advanceTimersByTimeAsync(1);
    if (passed() >= disposedAfter) signal.dispose();
  }
  return sent;
}

test('a program that goes on gets the signal at the second look', async () => {
  expect(await sentAfter(() => 7)).toBeLessThanOrEqual(5);
});

test('programs that begin and end get it only when the worker does not answer for long', async () => {
  expect(await sentAfter((ms) => Math.floor(ms))).toBeGreaterThanOrEqual(250);
});

test('a worker without a program gets it only when it does not answer for long', async () => {
  expect(await sentAfter(() => 8)).toBeGreaterThanOrEqual(250);
});

test('a program that begins meanwhile gets it', async () => {
  expect(await sentAfter((ms) => (ms < 30 ? 8 : 9))).toBeLessThanOrEqual(45);
});

test('a worker that does not tell what it runs gets it after a moment', async () => {
  const ms = await sentAfter(() => undefined);
  expect(ms).toBeGreaterThanOrEqual(25);
  expect(ms).toBeLessThanOrEqual(35);
});

test('no signal is sent to a worker that has answered', async () => {
  expect(await sentAfter(() => 8, 100)).toBeUndefined();
});
