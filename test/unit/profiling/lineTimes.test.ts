import { expect, test } from 'vitest';
import { lineTimes } from '../../../src/profiling/lineTimes.js';

const at = (id: number, url: string, positionTicks?: readonly { line: number; ticks: number }[]) => ({
  id,
  callFrame: { functionName: 'f', scriptId: '0', url, lineNumber: 0, columnNumber: 0 },
  ...(positionTicks ? { positionTicks } : {}),
});

test('the time of each function is divided among its lines, in all of its calls', () => {
  const profile = {
    nodes: [
      at(1, ''),
      at(2, '/a.py', [
        { line: 3, ticks: 3 },
        { line: 4, ticks: 1 },
      ]),
      at(3, '/a.py', [{ line: 4, ticks: 5 }]),
      at(4, 'file:///b.ts', [{ line: 1, ticks: 1 }]),
    ],
    startTime: 0,
    endTime: 1_000_000,
    samples: [2, 3, 4, 1],
    timeDeltas: [0, 400_000, 100_000, 500_000],
  };
  expect([...lineTimes(JSON.stringify(profile))]).toEqual([
    [
      '/a.py',
      [
        { line: 2, ms: 300, share: 0.3 },
        { line: 3, ms: 200, share: 0.2 },
      ],
    ],
    ['/b.ts', [{ line: 0, ms: 500, share: 0.5 }]],
  ]);
});

test.each(['', '[]', '{"nodes":1}', '{"nodes":[],"startTime":0,"endTime":"soon"}'])('%j is no profile', (text) => {
  expect(() => lineTimes(text)).toThrow();
});
