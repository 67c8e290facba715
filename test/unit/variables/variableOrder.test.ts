import { describe, expect, test } from 'vitest';
import type { Variable } from '../../../src/protocol/output.js';
import { ChangeTimes } from '../../../src/variables/changeTimes.js';
import { usuallyHidden } from '../../../src/variables/variableKinds.js';
import { type Arrangement, arranged, type VariableOrder } from '../../../src/variables/variableOrder.js';

const variables: readonly Variable[] = [
  { name: 'x10', type: 'int', summary: '1', bytes: 28 },
  { name: 'np', type: 'module', kind: 'module' },
  { name: 'x9', type: 'float', summary: '2.0', bytes: 24 },
  { name: 'frame', type: 'pandas.DataFrame', bytes: 8000 },
];
const times = new ChangeTimes();

function names(order: VariableOrder, how: Partial<Arrangement> = {}): string[] {
  return arranged(variables, { order, hidden: usuallyHidden, pinned: [], times, ...how }).map(({ name }) => name);
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
    times.update(variables);
    const changed = variables.map((one) => (one.name === 'x9' ? { ...one, summary: '3.0' } : one));
    times.update(changed);
    expect(arranged(changed, { order: 'recent', hidden: [], pinned: [], times }).map(({ name }) => name)[0]).toBe('x9');
  });
});

describe('what changed with the last command', () => {
  const seen = new ChangeTimes();
  const isNew = (name: string): boolean => seen.isNew(name);

  test('is nothing when the view opens', () => {
    seen.update(variables);
    expect(variables.map(({ name }) => isNew(name))).toEqual([false, false, false, false]);
  });

  test('is what is new or looks different, until the next one', () => {
    const later = [...variables.slice(1), { name: 'x10', type: 'int', summary: '7' }, { name: 'y', type: 'int' }];
    seen.update(later);
    expect(later.map(({ name }) => name).filter(isNew)).toEqual(['x10', 'y']);
    expect(['x10', 'y'].map((name) => seen.before(name))).toEqual(['1', undefined]);
    seen.update(later, false);
    expect(later.map(({ name }) => name).filter(isNew)).toEqual(['x10', 'y']);
    seen.update(later);
    expect(later.map(({ name }) => name).filter(isNew)).toEqual([]);
  });

  test('is nothing in another namespace', () => {
    seen.forget();
    seen.update(variables);
    expect(variables.map(({ name }) => isNew(name))).toEqual([false, false, false, false]);
  });
});
