import { expect, test, vi } from 'vitest';
import { HostSignals } from '../../../src/evaluators/javascript/worker/hostSignals.js';

test('a signal that was announced for a command ends that command', () => {
  const signals = new HostSignals();
  signals.announce(1);
  expect(signals.come(1)).toBe(true);
  expect(signals.areDue).toBe(false);
});

test('a signal that comes late does not end the next command', () => {
  const signals = new HostSignals();
  signals.announce(1);
  expect(signals.come(2)).toBe(false);
  expect(signals.come(2)).toBe(true); // somebody else's
});

test('a signal that comes before its announcement is read is not waited for', () => {
  const signals = new HostSignals();
  expect(signals.come(1)).toBe(true);
  signals.announce(1);
  expect(signals.areDue).toBe(false);
  signals.ended(2);
  signals.announce(2);
  expect(signals.areDue).toBe(false);
});

test('the next command waits for signals that are under way, and for two that became one not for ever', async () => {
  const signals = new HostSignals();
  let isSettled = false;
  signals.announce(1);
  signals.announce(1);
  const settled = signals.settled().then(() => (isSettled = true));
  expect(signals.come(undefined)).toBe(false);
  await vi.waitFor(() => expect(isSettled).toBe(true), 5000);
  await settled;
  expect(signals.areDue).toBe(false);
});

test('the next command begins when the last signal has come', async () => {
  vi.useFakeTimers();
  try {
    const signals = new HostSignals();
    signals.announce(1);
    const settled = signals.settled();
    signals.come(undefined);
    await settled; // no timer has gone off
  } finally {
    vi.useRealTimers();
  }
});
