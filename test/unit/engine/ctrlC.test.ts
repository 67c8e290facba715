import { expect, test } from 'vitest';
import { CtrlC } from '../../../src/engine/link/interrupts/ctrlC.js';

/** Each time Ctrl+C is raised: `ready` tells whether it is still due, `end` that it has happened. */
function prepared() {
  const raised: { readonly ready: () => boolean; readonly end: (error?: Error) => void }[] = [];
  const told: number[] = [];
  const errors: unknown[] = [];
  const ctrlC = new CtrlC({
    told: (id) => told.push(id),
    failed: (error) => errors.push(error),
    raise: (isDue) =>
      new Promise((resolve, reject) => {
        raised.push({ ready: isDue, end: (error) => (error ? reject(error) : resolve()) });
      }),
  });
  return { ctrlC, raised, told, errors };
}

test('a command that has ended meanwhile gets no Ctrl+C', () => {
  const { ctrlC, raised, told } = prepared();
  ctrlC.want(1);
  ctrlC.cancel();
  expect(raised[0]?.ready()).toBe(false);
  expect(told).toEqual([]);
});

test('a second command that is interrupted while it is prepared for the first gets it', () => {
  const { ctrlC, raised, told } = prepared();
  ctrlC.want(1);
  ctrlC.cancel();
  ctrlC.want(2);
  expect(raised).toHaveLength(1);
  expect(raised[0]?.ready()).toBe(true);
  expect(told).toEqual([2]);
});

test('one that is interrupted after the decision gets another', async () => {
  const { ctrlC, raised, told } = prepared();
  ctrlC.want(1);
  ctrlC.cancel();
  expect(raised[0]?.ready()).toBe(false);
  ctrlC.want(2);
  raised[0]?.end();
  await expect.poll(() => raised).toHaveLength(2);
  expect(raised[1]?.ready()).toBe(true);
  expect(told).toEqual([2]);
});

test('a failure is told, and does not prevent the next', async () => {
  const { ctrlC, raised, told, errors } = prepared();
  ctrlC.want(1);
  raised[0]?.end(new Error('no console'));
  await expect.poll(() => errors).toEqual([new Error('no console')]);
  ctrlC.want(2);
  expect(raised[1]?.ready()).toBe(true);
  expect(told).toEqual([2]);
});
