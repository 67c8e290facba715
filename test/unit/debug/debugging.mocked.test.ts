import { expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { silentLogger } from '../../../src/engine/logger.js';
import { Debugging } from '../../../src/debug/debugging.js';
import { eventually } from '../../support/eventually.js';

/** Of VS Code, as far as debugging needs it. */
const window = vi.hoisted(() => ({
  started: [] as vscode.DebugConfiguration[],
  factory: undefined as vscode.DebugAdapterDescriptorFactory | undefined,
  ended: [] as ((session: Pick<vscode.DebugSession, 'configuration'>) => void)[],
}));

vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  debug: {
    registerDebugAdapterDescriptorFactory: (_type: string, factory: vscode.DebugAdapterDescriptorFactory) => {
      window.factory = factory;
      return { dispose: () => undefined };
    },
    registerDebugAdapterTrackerFactory: () => ({ dispose: () => undefined }),
    onDidTerminateDebugSession: (listener: (typeof window.ended)[number]) => {
      window.ended.push(listener);
      return { dispose: () => undefined };
    },
    startDebugging: (_folder: unknown, configuration: vscode.DebugConfiguration) => {
      window.started.push(configuration);
      return Promise.resolve(true);
    },
  },
  DebugAdapterInlineImplementation: Object,
  EventEmitter: class {
    readonly fire = (): void => undefined;
  },
  extensions: { getExtension: () => undefined },
  workspace: { getConfiguration: () => ({ get: () => true, inspect: () => ({ defaultValue: true }) }) },
}));

test('a debug session that VS Code restarts runs its command again', async () => {
  const execute = vi.fn(() => Promise.resolve(undefined));
  const debugging = new Debugging({
    sessions: {
      execute,
      find: () => undefined,
      of: () => {
        throw new Error('No session is asked for.');
      },
      onDidSubmit: () => ({ dispose: () => undefined }),
      onDidChangeSession: () => ({ dispose: () => undefined }),
    },
    keyOf: () => undefined,
    onDidPause: () => undefined,
    log: silentLogger,
  });
  const command = { source: 'x = 1', languageId: 'python' };
  await debugging.debug(command);
  const session = { configuration: window.started[0] } as vscode.DebugSession;
  for (const times of [1, 2]) {
    expect(window.factory?.createDebugAdapterDescriptor(session, undefined)).toBeDefined();
    await eventually(() => expect(execute).toHaveBeenCalledTimes(times));
    for (const tell of window.ended) tell(session); // as for each end, also one that is followed by a restart
  }
  expect(execute).toHaveBeenLastCalledWith(command, expect.anything());
});
