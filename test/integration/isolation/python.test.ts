import { describe, expect, test } from 'vitest';
import { testCases } from '../../support/isolationCases.js';
import { testPythons } from '../../support/pythons.js';

const pythons = testPythons();

test('there is a Python to test with', () => {
  expect(pythons.length).toBeGreaterThan(0);
});

describe.each(pythons)('Python $version keeps apart', ({ executable, version }) => {
  testCases(
    'python',
    { interpreter: executable },
    { lacks: (need) => need.startsWith('python') && minor(version) < minor(need) },
  );
});

function minor(text: string): number {
  return Number(/3\.(\d+)/.exec(text)?.[1]);
}
