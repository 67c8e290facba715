import { expect, test } from 'vitest';
import { thinned, withoutStrayLines } from '../../../src/evaluators/javascript/worker/profiling/timeProfile.js';

test('a long profile keeps a part of its samples, at the times when they were taken', () => {
  const of = { nodes: [], startTime: 0, endTime: 30 };
  const long = { ...of, samples: [1, 2, 3, 4, 5, 6, 7], timeDeltas: [1, 2, 3, 4, 5, 6, 7] };
  expect(thinned(long, 3)).toEqual({ ...of, samples: [1, 4, 7], timeDeltas: [1, 9, 18] });
  expect(thinned(long, 4)).toEqual({ ...of, samples: [1, 3, 5, 7], timeDeltas: [1, 5, 9, 13] });
  expect(thinned(long, 7)).toBe(long);
});

test('a function has no lines above it, or below the end of its command', () => {
  const at = (url: string, lines: readonly number[]) => ({
    id: 1,
    callFrame: { functionName: 'f', scriptId: '0', url, lineNumber: 10, columnNumber: 0 },
    positionTicks: lines.map((line) => ({ line, ticks: 1 })),
  });
  const end = { url: 'file:///cell.ts', line: 20 };
  const profile = {
    nodes: [at('file:///cell.ts', [10, 11, 20, 139]), at('/module.ts', [5, 139])],
    startTime: 0,
    endTime: 1,
  };
  expect(withoutStrayLines(profile, end).nodes).toEqual([at('file:///cell.ts', [11, 20]), at('/module.ts', [139])]);
});
