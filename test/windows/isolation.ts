import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type * as Library from '../../src/library.js';
import cases from '../fixtures/isolation/javascript.json' with { type: 'json' };
import { differences, type Finished, type IsolationCase, runCommand } from '../support/isolationCase.js';
import { onWindows } from './variants.js';
import type { WindowsCase } from './windowsCase.js';

/** The isolation cases of a language, each in a session of its own. */
export function isolationCases(
  { ExtSession }: typeof Library,
  options: Library.ExtSessionOptions,
  skipped: Readonly<Record<string, string>>,
): WindowsCase[] {
  return (cases.cases as unknown as IsolationCase[]).map((plain) => ({
    name: `${plain.id}: ${plain.title}`,
    skip: skipped[plain.id],
    run: async () => {
      const one = onWindows(plain);
      const session = await ExtSession.start(options);
      try {
        await check(session, one);
      } finally {
        await session.exit();
      }
    },
  }));
}

async function check(session: Library.ExtSession, one: IsolationCase): Promise<void> {
  const { pid } = session;
  const finished: Finished[] = [];
  for (const command of one.commands) {
    finished.push(await runCommand(session, { ...command, timeout_ms: 3 * (command.timeout_ms ?? 10_000) }));
  }
  if (one.expect.session === 'shutdown') await session.exit();
  const found = (): string[][] =>
    finished.map((command, index) => differences(one.expect.commands[index] ?? {}, command));
  const isRight = (): boolean => found().every((each) => each.length === 0);
  // Late output takes as long as the system takes for it.
  for (let turn = 0; turn < 40 && !isRight(); turn++) await pause(100);
  if (one.settle_ms) await pause(one.settle_ms);
  assert.deepEqual(
    found(),
    finished.map(() => []),
  );
  if (one.expect.session === 'alive') assert.deepEqual([session.state, session.pid], ['idle', pid]);
  if (one.expect.session === 'dead-or-restarted') assert.equal(session.state, 'dead');
}
