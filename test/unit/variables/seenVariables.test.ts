import { describe, expect, test } from 'vitest';
import type { Variable } from '../../../src/protocol/output.js';
import { RootNodes } from '../../../src/variables/rootNodes.js';
import { SeenVariables } from '../../../src/variables/seenVariables.js';

const variables: readonly Variable[] = [
  { name: 'a', type: 'int', summary: '1' },
  { name: 'b', type: 'int', summary: '2' },
  { name: 'c', type: 'int', summary: '3' },
];
const changes = (changed: readonly Variable[], gone: readonly string[] = []) => ({
  revision: 2,
  isWhole: false,
  changed,
  gone,
});
const whole = (changed: readonly Variable[]) => ({ revision: 1, isWhole: true, changed, gone: [] });
const b7: Variable = { name: 'b', type: 'int', summary: '7' };

describe('what changed with the last command', () => {
  const seen = new SeenVariables();
  const marked = (): string[] => seen.all.map(({ name }) => name).filter((name) => seen.isNew(name));

  test('is nothing when the view opens', () => {
    seen.update(whole(variables));
    expect(marked()).toEqual([]);
  });

  test.each(['changes', 'all variables'])('is what is new or looks different, until the next one: %s', (told) => {
    seen.forget();
    seen.update(whole(variables));
    const d = { name: 'd', type: 'int' };
    seen.update(told === 'changes' ? changes([b7, d], ['a']) : whole([b7, ...variables.slice(2), d]));
    expect(seen.all.map(({ name }) => name).sort()).toEqual(['b', 'c', 'd']);
    expect(marked()).toEqual(['b', 'd']);
    expect(['b', 'd'].map((name) => seen.before(name))).toEqual(['2', undefined]);
    seen.update(changes([]), false);
    expect(marked()).toEqual(['b', 'd']);
    seen.update(changes([]));
    expect(marked()).toEqual([]);
  });

  test('is nothing in another namespace', () => {
    seen.forget();
    expect(seen.revision).toBe(0);
    seen.update(whole(variables));
    expect(marked()).toEqual([]);
  });
});

describe('the lines of the view', () => {
  const how = { order: 'name', hidden: [], pinned: [] } as const;
  const seen = new SeenVariables();
  const roots = new RootNodes();
  const names = (nodes: readonly { variable: Variable }[] | undefined) => nodes?.map(({ variable }) => variable.name);

  test('are drawn again only where they look different, and when the mark of a change goes', () => {
    seen.update(whole(variables));
    expect(roots.update(seen, how)).toBeUndefined();
    const [, line] = roots.all;
    seen.update(changes([b7]));
    expect(names(roots.update(seen, how))).toEqual(['b']);
    expect(roots.all[1]).toBe(line);
    expect(line).toMatchObject({ isChanged: true, before: '2', variable: b7 });
    seen.update(changes([]));
    expect(names(roots.update(seen, how))).toEqual(['b']);
    expect(names(roots.update(seen, how))).toEqual([]);
    expect(names(roots.update(seen, { ...how, pinned: ['a'] }))).toEqual(['a']);
  });

  test('are drawn again all together when one comes, goes or moves', () => {
    seen.update(changes([], ['a']));
    expect(roots.update(seen, how)).toBeUndefined();
    expect(names(roots.all)).toEqual(['b', 'c']);
    expect(roots.update(seen, { ...how, pinned: ['c'] })).toBeUndefined();
    expect(names(roots.all)).toEqual(['c', 'b']);
  });
});
