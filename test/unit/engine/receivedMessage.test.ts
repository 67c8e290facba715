import { expect, test } from 'vitest';
import { receivedMessage } from '../../../src/engine/link/receivedMessage.js';

const reply = { t: 'done', id: 3, ends: [0], next: 2, status: 'ok' };

test('a message that keeps to the protocol is passed on', () => {
  expect(receivedMessage(reply)).toEqual({ message: reply });
});

test('a reply that does not is the failure of its command, and names what is wrong', () => {
  const { problem, message } = receivedMessage({ ...reply, status: 'error', error: { name: 5 } });
  expect(problem).toContain('error.name');
  expect(message).toMatchObject({ t: 'done', id: 3, ends: [0], next: 2, status: 'error' });
  expect(message).toHaveProperty('error.message', expect.stringContaining('error.name'));
});

test('an answer that does not is an answer with an error', () => {
  const { message } = receivedMessage({ t: 'answer', request: 7, variables: 'many' });
  expect(message).toEqual({ t: 'answer', request: 7, error: expect.stringContaining('variables') as string });
});

test.each([{ t: 'unknown' }, { t: 'done', id: 3, status: 'ok' }, 'text', null])(
  'of %o nothing is left but a problem',
  (raw) => {
    expect(receivedMessage(raw)).toEqual({ problem: expect.any(String) as string });
  },
);
