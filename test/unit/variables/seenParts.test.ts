import { expect, test } from 'vitest';
import { SeenParts } from '../../../src/variables/seenParts.js';
import { partOf, type ValueNode } from '../../../src/variables/variableNode.js';

const trip: ValueNode = { type: 'value', path: ['trip'], variable: { name: 'trip', type: 'Trip' }, isChanged: false };

test('a part that was in sight before a command is marked if it looks different since, until the next command', () => {
  const seen = new SeenParts();
  const marks = (summary: string, time: number): unknown => {
    const { isChanged, before } = seen.marked(partOf(trip, 0, { name: 'city', type: 'str', summary }), trip, time);
    return isChanged && before;
  };
  expect(marks("'Rome'", 1)).toBe(false);
  expect(marks("'Oslo'", 2)).toBe("'Rome'");
  expect(marks("'Oslo'", 2)).toBe("'Rome'");
  expect(marks("'Oslo'", 3)).toBe(false);
  // It was not in sight when it changed: perhaps long ago.
  expect(marks("'Lima'", 5)).toBe(false);
  expect(marks("'Bern'", 6)).toBe("'Lima'");
  seen.forget();
  expect(marks("'Rome'", 7)).toBe(false);
});
