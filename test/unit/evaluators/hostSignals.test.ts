import { expect, test } from 'vitest';
import { HostSignals } from '../../../src/evaluators/javascript/worker/hostSignals.js';

const made = (absorb: (ms: number) => void = () => undefined): HostSignals => new HostSignals(absorb);

test('a signal that was announced for a command ends that command', () => {
  const signals = made();
  signals.announce(1);
  expect(signals.come(1)).toBe(true);
  expect(signals.areDue).toBe(false);
});

test('a signal that comes late does not end the next command', () => {
  const signals = made();
  signals.announce(1);
  expect(signals.come(2)).toBe(false);
  expect(signals.come(2)).toBe(true); // somebody else's
});

test('a signal that comes before its announcement is read is not waited for', () => {
  const signals = made();
  expect(signals.come(1)).toBe(true);
  signals.announce(1);
  expect(signals.areDue).toBe(false);
  signals.ended(2);
  signals.announce(2);
  expect(signals.areDue).toBe(false);
});

test('the next command waits for signals that are under way', async () => {
  const signals = made(() => {
    throw new Error('none was kept back');
  });
  signals.announce(1);
  const settled = signals.settled();
  expect(signals.come(undefined)).toBe(false);
  await settled;
  expect(signals.areDue).toBe(false);
});

test('a signal that does not come is taken from Node, if it keeps one back, and is waited for no more', async () => {
  const waits: number[] = [];
  const signals = made((ms) => waits.push(ms));
  signals.announce(1);
  signals.announce(1);
  const settled = signals.settled();
  expect(signals.come(undefined)).toBe(false);
  await settled;
  expect(waits).toHaveLength(1);
  expect(signals.areDue).toBe(false);
});
