import { describe, expect, test } from 'vitest';
import type { Variable } from '../../../src/protocol/output.js';
import { SeenVariables } from '../../../src/variables/seenVariables.js';
import { usuallyHidden } from '../../../src/variables/variableKinds.js';
import { type Arrangement, arranged, type VariableOrder } from '../../../src/variables/variableOrder.js';

const variables: readonly Variable[] = [
  { name: 'x10', type: 'int', summary: '1', bytes: 28 },
  { name: 'np', type: 'module', kind: 'module' },
  { name: 'x9', type: 'float', summary: '2.0', bytes: 24 },
  { name: 'frame', type: 'pandas.DataFrame', bytes: 8000 },
];
const nothing = { revision: 1, isWhole: false, changed: [], gone: [] };
const whole = (changed: readonly Variable[]) => ({ revision: 1, isWhole: true, changed, gone: [] });
const seen = new SeenVariables();
seen.update(whole(variables));

function names(order: VariableOrder, how: Partial<Arrangement> = {}): string[] {
  return arranged(seen, { order, hidden: usuallyHidden, pinned: [], ...how }).map(({ name }) => name);
}

describe('variables', () => {
  test('are sorted by name, with numbers as people count', () => {
    expect(names('name')).toEqual(['frame', 'x9', 'x10']);
  });

  test('are sorted by type, and by memory', () => {
    expect(names('type')).toEqual(['x9', 'x10', 'frame']);
    expect(names('size')).toEqual(['frame', 'x10', 'x9']);
  });

  test('that are functions, classes and modules are shown when asked', () => {
    expect(names('name', { hidden: [] })).toEqual(['frame', 'np', 'x9', 'x10']);
  });

  test('of a kind that is not wanted are hidden', () => {
    expect(names('name', { hidden: ['simple'] })).toEqual(['frame', 'np']);
  });

  test('that are pinned come first, also those of a hidden kind', () => {
    expect(names('name', { pinned: ['x10', 'np', 'gone'] })).toEqual(['np', 'x10', 'frame', 'x9']);
  });

  test('that changed last come first', () => {
    seen.update(whole(variables));
    seen.update({ ...nothing, changed: [{ name: 'x9', type: 'float', summary: '3.0' }] });
    expect(names('recent', { hidden: [] })[0]).toBe('x9');
  });
});
