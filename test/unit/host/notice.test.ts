import { expect, test } from 'vitest';
import { noticeText } from '../../../src/host/notice.js';

test.each([
  ['The session ended: SIGSEGV', 'Its variables are lost.', 'The session ended: SIGSEGV. Its variables are lost.'],
  ['The connection was lost.', 'The session continues there.', 'The connection was lost. The session continues there.'],
  ['Python was not found', 'Traceback:\n  File ...', 'Python was not found. Traceback:'],
  ['The session could not answer.', '', 'The session could not answer.'],
])('a message is in whole sentences: %s', (title, detail, text) => {
  expect(noticeText({ title, detail })).toBe(text);
});
