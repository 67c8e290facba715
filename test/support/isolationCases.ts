import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { ExtSession, type ExtSessionOptions } from '../../src/library.js';
import { type Finished, type IsolationCase, differences, runCommand } from './isolationCase.js';

type Case = IsolationCase & { readonly requires?: readonly string[] };

export interface CaseChoice {
  /** Tells what the session cannot do. */
  readonly lacks?: (need: string) => boolean;
  /** The ids of the cases; all by default. */
  readonly only?: readonly string[];
}

/** Runs a language's cases, each in a session of its own. */
export function testCases(
  language: string,
  options: ExtSessionOptions,
  { lacks = () => false, only }: CaseChoice = {},
): void {
  let session: ExtSession | undefined;
  afterEach(async () => {
    await session?.exit();
  });

  const cases = casesOf(language);
  const unknown = only?.filter((id) => !cases.some((one) => one.id === id)) ?? [];
  if (unknown.length > 0) throw new Error(`There are no cases ${unknown.join(', ')}.`);
  for (const one of cases.filter(({ id }) => only?.includes(id) ?? true)) {
    const lacking = one.requires?.find(lacks);
    test(`${one.id}: ${one.title}`, { timeout: 60_000 }, async (context) => {
      if (lacking) context.skip(`it needs ${lacking}`);
      session = await ExtSession.start(options);
      const { pid } = session;
      const finished: Finished[] = [];
      for (const command of one.commands) finished.push(await runCommand(session, command));
      if (one.expect.session === 'shutdown') await session.exit();
      const found = (): string[][] =>
        finished.map((command, index) => differences(one.expect.commands[index] ?? {}, command));
      const none = finished.map(() => []);
      // Late output takes as long as the system takes for it. What should not come has the time of the case.
      await expect.poll(found).toEqual(none);
      if (one.settle_ms) {
        await new Promise((resolve) => setTimeout(resolve, one.settle_ms));
        expect(found()).toEqual(none);
      }
      if (one.expect.session === 'alive') expect([session.state, session.pid]).toEqual(['idle', pid]);
      if (one.expect.session === 'dead-or-restarted') expect(session.state).toBe('dead');
    });
  }
}

function casesOf(language: string): readonly Case[] {
  const file = new URL(`../fixtures/isolation/${language}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Case[] }).cases;
}
