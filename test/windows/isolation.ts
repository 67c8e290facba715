import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type * as Library from '../../src/library.js';
import javascript from '../fixtures/isolation/javascript.json' with { type: 'json' };
import python from '../fixtures/isolation/python.json' with { type: 'json' };
import { differences, type Finished, type IsolationCase, runCommand } from '../support/isolationCase.js';
import { onWindows } from './variants.js';
import type { WindowsCase } from './windowsCase.js';

type Case = IsolationCase & { readonly requires?: readonly string[] };

const cases = { javascript: javascript.cases as unknown as Case[], python: python.cases as unknown as Case[] };

/**
 * The isolation cases of a language, each in a session of its own. Those that need more than any system has are left
 * out.
 */
export function isolationCases(
  { ExtSession }: typeof Library,
  evaluator: 'javascript' | 'python',
  { interpreter }: { readonly interpreter?: string },
): WindowsCase[] {
  return cases[evaluator].map((plain) => ({
    name: `${evaluator} ${plain.id}: ${plain.title}`,
    skip: plain.requires && `it needs ${plain.requires.join(', ')}`,
    run: async () => {
      const one = evaluator === 'javascript' ? onWindows(plain) : plain;
      const session = await ExtSession.start({ evaluator, ...(interpreter ? { interpreter } : {}) });
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
