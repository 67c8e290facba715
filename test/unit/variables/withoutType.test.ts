import { expect, test } from 'vitest';
import { withoutType } from '../../../src/variables/withoutType.js';

test.each([
  ["Map(1) { 'a' => 1 }", 'Map', "{ 'a' => 1 }"],
  ["Promise { 'done' }", 'Promise', "{ 'done' }"],
  ['Buffer(2) [ 1, 2 ]', 'Buffer', '[ 1, 2 ]'],
  ["ValueError('x')", 'ValueError', "('x')"],
  ['Trip {}', 'Trip', '{}'],
  ['{ a: 1 }', 'Object', '{ a: 1 }'],
  ['Promise', 'Promise', 'Promise'],
  ['Mapped { a: 1 }', 'Map', 'Mapped { a: 1 }'],
  ["'str(1)'", 'str', "'str(1)'"],
])('%s of type %s is shown beside it as %s', (summary, type, text) => {
  expect(withoutType(summary, type)).toBe(text);
});
