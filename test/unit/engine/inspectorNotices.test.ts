import { expect, test } from 'vitest';
import { InspectorNotices } from '../../../src/engine/worker/inspectorNotices.js';

const notice = (port: number): string =>
  `Debugger listening on ws://127.0.0.1:${String(port)}/3fbe14a9-2e68-4538-81b0-1e236be046c0\nFor help, see: https://nodejs.org/en/docs/inspector\n`;

/** What is left of pieces. */
function left(notices: InspectorNotices, ...pieces: readonly string[]): string {
  return pieces.map((piece) => notices.without(Buffer.from(piece)).toString()).join('');
}

test('two notices are left out after a nudge, in whatever pieces they come, and nothing else', () => {
  const notices = new InspectorNotices();
  notices.expect();
  const text = `a\n${notice(1)}é${notice(2)}b\n`;
  const pieces = text.match(/[\s\S]{1,7}/g) ?? [];
  expect(left(notices, ...pieces)).toBe('a\néb\n');
  expect(left(notices, notice(3))).toBe(notice(3));
});

test('text that begins like a notice comes with what follows', () => {
  const notices = new InspectorNotices();
  notices.expect();
  expect(left(notices, 'Debugger')).toBe('');
  expect(left(notices, 's are fun\n')).toBe('Debuggers are fun\n');
});

test('without a nudge, nothing is kept back', () => {
  expect(left(new InspectorNotices(), 'x', notice(1))).toBe(`x${notice(1)}`);
});
