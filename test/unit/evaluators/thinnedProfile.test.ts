import { expect, test } from 'vitest';
import { thinned } from '../../../src/evaluators/javascript/worker/profiling.js';

test('a long profile keeps a part of its samples, at the times when they were taken', () => {
  const of = { nodes: [], startTime: 0, endTime: 30 };
  const long = { ...of, samples: [1, 2, 3, 4, 5, 6, 7], timeDeltas: [1, 2, 3, 4, 5, 6, 7] };
  expect(thinned(long, 3)).toEqual({ ...of, samples: [1, 4, 7], timeDeltas: [1, 9, 18] });
  expect(thinned(long, 4)).toEqual({ ...of, samples: [1, 3, 5, 7], timeDeltas: [1, 5, 9, 13] });
  expect(thinned(long, 7)).toBe(long);
});
