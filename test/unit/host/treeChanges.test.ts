import { expect, it } from 'vitest';
import { treeChanges } from '../../../src/host/sessionsView/treeChanges.js';

const picture = (text: string): ReadonlyMap<string, string> =>
  new Map(Array.from(text.matchAll(/(\w)(\d)/g), ([, node = '', drawn = '']) => [node, drawn]));

it.each([
  ['', '', []],
  ['a1 b1', 'a1 b1', []],
  ['a1 b1', 'a1 b2', ['b']],
  ['a1 b1', 'b1 a1', undefined],
  ['a1', 'a1 b1', undefined],
  ['a1 b1', 'a1', undefined],
])('draws what has changed: %j → %j is %j', (before, now, changed) => {
  expect(treeChanges(picture(before), picture(now))).toEqual(changed);
});
