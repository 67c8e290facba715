import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteQueue } from '../../../src/engine/output/byteQueue.js';

/** Bytes that come in, or a number of bytes to take out. */
const steps = fc.array(fc.oneof(fc.uint8Array({ maxLength: 20_000 }), fc.nat(30_000)), { maxLength: 30 });

describe('a queue of bytes', () => {
  it('gives out what came in, in its order, never more than asked for', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const queue = new ByteQueue();
        let expected = Buffer.alloc(0);
        for (const step of all) {
          if (typeof step !== 'number') {
            queue.push(step);
            expected = Buffer.concat([expected, step]);
            continue;
          }
          const taken = queue.shift(step);
          expect(taken.length).toBeLessThanOrEqual(step);
          if (step > 0 && expected.length > 0) expect(taken.length).toBeGreaterThan(0);
          expect(taken.equals(expected.subarray(0, taken.length))).toBe(true);
          expected = expected.subarray(taken.length);
          expect(queue.length).toBe(expected.length);
        }
      }),
    );
  });
});
