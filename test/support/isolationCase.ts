import { createHash } from 'node:crypto';
import type { ExtResults, ExtSession } from '../../src/library.js';

/** One command of a case, and when the runner acts while it runs. Times are in milliseconds. */
export interface CaseCommand {
  readonly source: string;
  readonly timeout_ms?: number;
  readonly stdin?: readonly string[];
  readonly interrupt_after_ms?: number;
  readonly interrupt_again_ms?: number;
  readonly interrupt_when_idle_ms?: number;
}

interface ExpectedError {
  readonly type: string;
  readonly message?: string;
  readonly lineno?: number;
  readonly offset?: number;
  readonly traceback_contains?: readonly string[];
  readonly traceback_not_contains?: readonly string[];
}

/**
 * What must be found under a command: exact text, or one of the looser forms; a field that is missing is not compared.
 */
export interface Expected {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly merged?: readonly (readonly [string, string])[];
  readonly exception?: null | ExpectedError;
  readonly death?: { readonly signal?: string; readonly exit_code?: number };
  readonly max_ms?: number;
  readonly any_of?: readonly Expected[];
  readonly [looser: string]: unknown;
}

export interface IsolationCase {
  readonly id: string;
  readonly title: string;
  readonly tier: 'must' | 'should' | 'known-limit';
  readonly commands: readonly CaseCommand[];
  readonly settle_ms: number;
  readonly expect: {
    readonly commands: readonly Expected[];
    readonly session: 'alive' | 'dead-or-restarted' | 'shutdown' | 'any';
  };
}

export interface Finished {
  readonly results: ExtResults;
  readonly ms: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs one command as its case says; rejects when it is not done in time. */
export async function runCommand(session: ExtSession, command: CaseCommand): Promise<Finished> {
  for (const line of command.stdin ?? []) session.writeLine(line);
  const results = session.execute(command.source);
  const begun = whenBegun(results);
  const interrupts = interruptAsAsked(session, command, begun);
  interrupts.catch(() => undefined); // reported below
  await results.wait({ timeoutMs: command.timeout_ms ?? 10_000 });
  const ms = performance.now() - (await begun);
  await interrupts;
  if (command.interrupt_when_idle_ms !== undefined) {
    await pause(command.interrupt_when_idle_ms);
    await session.interrupt();
  }
  return { results, ms };
}

/** The moment in which a command has left the queue. */
function whenBegun(results: ExtResults): Promise<number> {
  return new Promise((resolve) => {
    const tell = (): void => {
      if (results.state === 'queued') return;
      resolve(performance.now());
      listening.dispose();
    };
    const listening = results.onDidChangeState(tell);
    tell();
  });
}

async function interruptAsAsked(session: ExtSession, command: CaseCommand, begun: Promise<unknown>): Promise<void> {
  if (command.interrupt_after_ms === undefined) return;
  await begun;
  await pause(command.interrupt_after_ms);
  const first = session.interrupt();
  if (command.interrupt_again_ms !== undefined) {
    await pause(command.interrupt_again_ms);
    await session.interrupt();
  }
  await first;
}

/** In what a command differs from what is expected of it; empty when in nothing. */
export function differences(expected: Expected, finished: Finished): string[] {
  if (expected.any_of) {
    const each = expected.any_of.map((one) => differences(one, finished));
    return each.some((found) => found.length === 0) ? [] : each.map((found) => `(${found.join('; ')})`);
  }
  return [
    ...streamDifferences('stdout', expected, finished.results),
    ...streamDifferences('stderr', expected, finished.results),
    ...orderDifferences(expected, finished.results),
    ...endDifferences(expected, finished),
  ];
}

function streamDifferences(name: 'stdout' | 'stderr', expected: Expected, results: ExtResults): string[] {
  const bytes = results.bytes(name);
  const text = results[name];
  const found: string[] = [];
  const check = (suffix: string, holds: (wanted: never) => boolean): void => {
    const wanted = expected[name + suffix];
    if (wanted !== undefined && !holds(wanted as never)) {
      found.push(`${name}${suffix}: wanted ${JSON.stringify(wanted)}, found ${JSON.stringify(text.slice(0, 300))}`);
    }
  };
  check('', (wanted: string) => text === wanted);
  check('_len', (wanted: number) => bytes.length === wanted);
  check('_b64', (wanted: string) => Buffer.from(bytes).toString('base64') === wanted);
  check('_sha256', (wanted: string) => createHash('sha256').update(bytes).digest('hex') === wanted);
  check('_contains', (wanted: string[]) => wanted.every((part) => text.includes(part)));
  check(
    '_line_set',
    (wanted: string[]) => text.split('\n').filter(Boolean).sort().join() === [...wanted].sort().join(),
  );
  check('_regex', (wanted: string) =>
    new RegExp(wanted.replace('(?s)', ''), wanted.startsWith('(?s)') ? 's' : '').test(text),
  );
  return found;
}

function orderDifferences({ merged }: Expected, results: ExtResults): string[] {
  if (!merged) return [];
  const runs = results.outputs.flatMap((output) => (output.type === 'stream' ? [[output.name, output.text]] : []));
  return JSON.stringify(runs) === JSON.stringify(merged) ? [] : [`order: ${JSON.stringify(runs)}`];
}

function endDifferences({ exception, death, max_ms }: Expected, { results, ms }: Finished): string[] {
  const found: string[] = [];
  const outcome = results.outcome;
  const error = outcome?.status === 'error' || outcome?.status === 'interrupted' ? outcome.error : undefined;
  if (exception === null && outcome?.status !== 'ok') found.push(`ended as ${JSON.stringify(outcome)}`);
  if (exception && error) found.push(...errorDifferences(exception, error));
  if (exception && !error) found.push(`no ${exception.type}: ended as ${JSON.stringify(outcome)}`);
  if (death) {
    if (outcome?.status !== 'died') found.push(`did not die: ${JSON.stringify(outcome)}`);
    else if (death.signal !== undefined && outcome.signal !== death.signal)
      found.push(`died of ${String(outcome.signal)}`);
    else if (death.exit_code !== undefined && outcome.exitCode !== death.exit_code)
      found.push(`exit code ${String(outcome.exitCode)}`);
  }
  if (max_ms !== undefined && ms > max_ms) found.push(`took ${ms.toFixed(0)} ms, not ${String(max_ms)}`);
  return found;
}

function errorDifferences(
  wanted: ExpectedError,
  error: { name: string; message: string; traceback: string; frames: readonly { line: number; column?: number }[] },
): string[] {
  if (error.name !== wanted.type) return [`error ${error.name}, not ${wanted.type}`];
  const place = error.frames.at(-1);
  const found: string[] = [];
  if (wanted.message !== undefined && error.message !== wanted.message) found.push(`message ${error.message}`);
  if (wanted.lineno !== undefined && place?.line !== wanted.lineno) found.push(`line ${String(place?.line)}`);
  if (wanted.offset !== undefined && (place?.column ?? -1) + 1 !== wanted.offset)
    found.push(`column ${String(place?.column)}`);
  for (const part of wanted.traceback_contains ?? [])
    if (!error.traceback.includes(part)) found.push(`traceback lacks ${part}`);
  for (const part of wanted.traceback_not_contains ?? [])
    if (error.traceback.includes(part)) found.push(`traceback has ${part}`);
  return found;
}
