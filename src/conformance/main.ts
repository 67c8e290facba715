#!/usr/bin/env node
/**
 * extsession-conformance [--programs FILE] -- COMMAND [ARGUMENT...]: checks whether a program is an evaluator for
 * ExtSession.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { limited } from '../engine/deadline.js';
import type { Evaluator } from '../engine/evaluator.js';
import { type Check, Trial } from './check.js';
import { checks } from './checks.js';
import { known, type Programs, programs } from './programs.js';

const USAGE = `extsession-conformance [--programs FILE] -- COMMAND [ARGUMENT...]
extsession-conformance --help

Starts COMMAND with the path of a control socket as its last argument, and checks whether it keeps to the evaluator protocol.
Programs for Python and JavaScript are built in; for other languages FILE has them, as the page on the protocol says.
Prints a line for each check. The exit code is 0 when none failed, 1 when one did, 2 when they could not be run.
`;

/** Enough for each check: one that takes longer waits for something that does not happen. */
const CHECK_MS = 60_000;

const args = readArguments();
if (args.help) {
  process.stdout.write(USAGE);
} else if (args.command === undefined) {
  process.stderr.write(args.complaint ? `${args.complaint}\n\n${USAGE}` : USAGE);
  process.exitCode = 2;
} else {
  const { command, rest } = args;
  const evaluator: Evaluator = {
    language: 'conformance',
    name: command,
    launch: ({ controlPath }) => ({ file: command, args: [...rest, controlPath] }),
  };
  process.exitCode = await conform(evaluator).catch((error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    return 2;
  });
}

interface Arguments {
  readonly help: boolean;
  readonly complaint?: string;
  readonly programs?: string | undefined;
  readonly command?: string | undefined;
  readonly rest: readonly string[];
}

function readArguments(): Arguments {
  const options = { programs: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [command, ...rest] = positionals;
    return { help: values.help === true, programs: values.programs, command, rest };
  } catch (error) {
    return { help: false, complaint: messageOf(error), rest: [] };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function conform(evaluator: Evaluator): Promise<number> {
  const chosen = args.programs === undefined ? await programsFor(evaluator) : readPrograms(args.programs);
  const counts = { ok: 0, skipped: 0, failed: 0 };
  for (const check of checks) {
    const verdict = await runCheck(check, new Trial(evaluator, chosen), chosen);
    counts[verdict]++;
    if (check === checks[0] && verdict === 'failed') break; // all others need it
  }
  print(`${String(counts.ok)} passed, ${String(counts.failed)} failed, ${String(counts.skipped)} skipped`);
  return counts.failed > 0 ? 1 : 0;
}

async function runCheck(check: Check, trial: Trial, chosen: Programs): Promise<'ok' | 'skipped' | 'failed'> {
  const lacking = check.needs.filter((name) => chosen[name] === undefined);
  if (lacking.length > 0) {
    print(`skip    ${check.title}: no program ${lacking.join(', ')}`);
    return 'skipped';
  }
  try {
    await limited(check.run(trial), {
      timeoutMs: CHECK_MS,
      late: () => new Error(`not done within ${String(CHECK_MS / 1000)} s`),
    });
    if (trial.complaints.length > 0) throw new Error(trial.complaints.join(' '));
    print(`ok      ${check.title}`);
    return 'ok';
  } catch (error) {
    print(`not ok  ${check.title}: ${messageOf(error)}`);
    return 'failed';
  } finally {
    await trial[Symbol.asyncDispose]();
  }
}

async function programsFor(evaluator: Evaluator): Promise<Programs> {
  await using trial = new Trial(evaluator, { print: '' });
  const { language } = (await trial.session()).info;
  const found = Object.hasOwn(known, language) ? known[language] : undefined;
  if (!found) throw new Error(`There are no built-in programs for '${language}'. Specify them with --programs FILE.`);
  return found;
}

function readPrograms(name: string): Programs {
  const { success, output, issues } = v.safeParse(programs, JSON.parse(readFileSync(name, 'utf8')));
  if (success) return output;
  throw new Error(`${name}: ${issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`).join('; ')}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
