import { expect, test } from 'vitest';
import { exitCodeText } from '../../../src/engine/exitCodeText.js';

test.each([
  [0, '0'],
  [137, '137'],
  [-1, '-1'],
  [3221225477, '0xC0000005'],
  [-1073741510, '0xC000013A'],
  [0x80000003, '0x80000003'],
])('the exit code %d is %s', (code, text) => {
  expect(exitCodeText(code)).toBe(text);
});
