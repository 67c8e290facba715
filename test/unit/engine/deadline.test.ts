import { stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { after, checkedMs, Deadline, limited, within } from '../../../src/engine/deadline.js';

const DAY = 24 * 60 * 60 * 1000;
const reasons = { late: () => new Error('late'), cancelled: () => new Error('cancelled') };
const never = new Promise<number>(() => undefined);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([NaN, -1, -Infinity])('%s is no duration', (value) => {
  expect(() => checkedMs('timeoutMs', value)).toThrow(RangeError);
  expect(() => checkedMs('timeoutMs', value)).toThrow(`'timeoutMs' must be a number of milliseconds`);
});

test.each(['100', null, undefined, {}, 5n])('%s is not even a number', (value) => {
  expect(() => checkedMs('timeoutMs', value)).toThrow(TypeError);
});

describe('a timer', () => {
  test.each([0, 1, 1000, 2 ** 31 - 1, 2 ** 31, 3e9, 40 * DAY])('of %i ms acts then, once, and not before', (ms) => {
    const act = vi.fn();
    after(ms, act);
    if (ms > 0) vi.advanceTimersByTime(ms - 1);
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(act).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(100 * DAY);
    expect(act).toHaveBeenCalledOnce();
  });

  test('without end never acts', () => {
    const act = vi.fn();
    after(Infinity, act);
    vi.advanceTimersByTime(1000 * DAY);
    expect(act).not.toHaveBeenCalled();
  });

  test.each([10, 3e9, Infinity])('of %d ms can be called off, also in its later part', (ms) => {
    const act = vi.fn();
    const timer = after(ms, act);
    vi.advanceTimersByTime(Math.min(ms - 1, 2 ** 31));
    timer.dispose();
    vi.advanceTimersByTime(100 * DAY);
    expect(act).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('what comes within its time is handed on, with its error too', async () => {
  expect(await within(10, Promise.resolve(1))).toBe(1);
  await expect(within(10, Promise.reject(new Error('no')))).rejects.toThrow('no');
  const late = within(3e9, never);
  await vi.advanceTimersByTimeAsync(3e9 + 1);
  expect(await late).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});

test('what happened in time counts, even if this process was too busy to hear of it', async () => {
  vi.useRealTimers();
  const found = within(10, stat('.'));
  const until = performance.now() + 200;
  while (performance.now() < until);
  expect(await found).toBeDefined();
});

describe('a deadline', () => {
  test('holds for all steps together', async () => {
    const deadline = new Deadline({ timeoutMs: 100, ...reasons });
    await deadline.race(Promise.resolve());
    vi.advanceTimersByTime(60);
    await deadline.race(Promise.resolve());
    const third = deadline.race(never);
    vi.advanceTimersByTime(40);
    await expect(third).rejects.toThrow('late');
    await expect(deadline.race(Promise.resolve())).rejects.toThrow('late');
  });

  test('ends with the signal of whoever asked, before or meanwhile', async () => {
    const controller = new AbortController();
    const work = limited(never, { timeoutMs: Infinity, signal: controller.signal, ...reasons });
    controller.abort();
    await expect(work).rejects.toThrow('cancelled');
    await expect(limited(never, { signal: controller.signal, ...reasons })).rejects.toThrow('cancelled');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('leaves no timer and no listener behind when the work was done in time', async () => {
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, 'removeEventListener');
    expect(await limited(Promise.resolve(5), { timeoutMs: 3e9, signal, ...reasons })).toBe(5);
    expect(vi.getTimerCount()).toBe(0);
    expect(removed).toHaveBeenCalledOnce();
  });

  test.each([NaN, -1, '5'])('does not take %s for a limit', async (timeoutMs) => {
    await expect(limited(Promise.resolve(), { timeoutMs: timeoutMs as number, ...reasons })).rejects.toThrow(
      "'timeoutMs' must be",
    );
  });
});
