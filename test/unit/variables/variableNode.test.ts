import { describe, expect, test } from 'vitest';
import { PAGE, partOf, rangesOf, type ValueNode } from '../../../src/variables/variableNode.js';

const whole: ValueNode = {
  type: 'value',
  path: ['rows'],
  variable: { name: 'rows', type: 'list' },
  code: 'rows',
  isChanged: false,
};

describe('the parts of a value', () => {
  test('stand below it as they are where they fit', () => {
    expect(rangesOf(whole, 0, PAGE)).toBeUndefined();
  });

  test.each([101, 10_000, 10_001, 123_456, 10_000_000])('are in runs of at most a hundred lines: %i', (total) => {
    let [ranges, start, count] = [rangesOf(whole, 0, total), 0, total];
    while (ranges) {
      expect(ranges.length).toBeLessThanOrEqual(PAGE);
      expect(ranges[0]?.start).toBe(start);
      expect(ranges.reduce((sum, range) => sum + range.count, 0)).toBe(count);
      const last = ranges.at(-1);
      [start, count] = [last?.start ?? 0, last?.count ?? 0];
      ranges = rangesOf(whole, start, count);
    }
    expect(start + count).toBe(total);
  });

  test('have the code that leads to them, as far as there is some', () => {
    const row = partOf(whole, 3, { name: '[3]', type: 'dict', code: '[3]' });
    expect(row).toMatchObject({ path: ['rows', 3], code: 'rows[3]' });
    const member = partOf(row, 0, { name: '{0}', type: 'int' });
    expect(member.code).toBeUndefined();
    expect(partOf(member, 1, { name: 'x', type: 'int', code: '.x' }).code).toBeUndefined();
  });
});
