import { expect, test, vi } from 'vitest';
import type { ExtResults } from '../../../src/engine/extResults.js';
import { silentLogger } from '../../../src/engine/logger.js';
import { NodeCommand } from '../../../src/debug/nodeCommand.js';
import { eventually } from '../../support/eventually.js';

vi.mock('vscode', () => ({}));

/** A command that has begun, and what has come of it. */
function begun(): { readonly asked: NodeCommand['asked']; readonly told: string[]; readonly end: () => void } {
  const told: string[] = [];
  const tell = (text: string) => (): void => void told.push(text);
  const command = new NodeCommand(
    { source: '1', languageId: 'javascript' },
    {
      sessions: {} as never,
      keyOf: () => undefined,
      onDidPause: () => undefined,
      log: silentLogger,
      mark: {},
      stopsAtErrors: false,
      roots: undefined,
      ended: tell('ended'),
      again: tell('again'),
    },
  );
  let end: () => void = () => undefined;
  const outcome = new Promise<void>((resolve) => (end = resolve));
  command.begun({ wait: () => outcome } as unknown as ExtResults, tell('interrupted'));
  return { asked: command.asked.bind(command), told, end };
}

test('Restart ends the command, and runs it again when it has ended; the debugger only disconnects', async () => {
  const { asked, told, end } = begun();
  const request = { command: 'restart' };
  asked(request);
  expect(request).toEqual({ command: 'disconnect', arguments: { terminateDebuggee: false } });
  expect(told).toEqual(['interrupted']);
  end();
  await eventually(() => expect(told).toContain('again'));
  expect(told.toSorted()).toEqual(['again', 'ended', 'interrupted']);
});

test.each([
  [true, ['interrupted', 'ended']],
  [false, ['ended']],
])('Stop ends the command, and Disconnect does not: %s', async (terminateDebuggee, outcome) => {
  const { asked, told, end } = begun();
  const request = { command: 'disconnect', arguments: { terminateDebuggee } };
  asked(request);
  expect(request.arguments).toEqual({ terminateDebuggee: false });
  end();
  await eventually(() => expect(told).toEqual(outcome));
});
