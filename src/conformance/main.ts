#!/usr/bin/env node
/** extsession-conformance [--programs FILE] -- COMMAND [ARGUMENT...]: whether a program is an evaluator that ExtSession can use. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import type { Evaluator } from '../engine/evaluator.js';
import { type Check, Trial } from './check.js';
import { checks } from './checks.js';
import { known, type Programs, programs } from './programs.js';

const USAGE = `extsession-conformance [--programs FILE] -- COMMAND [ARGUMENT...]

Starts COMMAND with the path of a control socket as its last argument, and checks whether it keeps to the evaluator protocol.
Programs for Python and JavaScript are built in; for other languages FILE has them, as the page on the protocol says.
Prints a line for each check. The exit code is 0 when none failed, 1 when one did, 2 when they could not be run.
`;

const { values, positionals } = parseArgs({ options: { programs: { type: 'string' } }, allowPositionals: true });
const [file, ...args] = positionals;
if (file === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  const evaluator: Evaluator = {
    language: 'conformance',
    name: file,
    launch: ({ controlPath }) => ({ file, args: [...args, controlPath] }),
  };
  process.exitCode = await conform(evaluator).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  });
}

async function conform(evaluator: Evaluator): Promise<number> {
  const chosen = values.programs === undefined ? await programsFor(evaluator) : readPrograms(values.programs);
  const counts = { ok: 0, skipped: 0, failed: 0 };
  for (const check of checks) counts[await runCheck(check, new Trial(evaluator, chosen), chosen)]++;
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
    await check.run(trial);
    if (trial.complaints.length > 0) throw new Error(trial.complaints.join(' '));
    print(`ok      ${check.title}`);
    return 'ok';
  } catch (error) {
    print(`not ok  ${check.title}: ${error instanceof Error ? error.message : String(error)}`);
    return 'failed';
  } finally {
    await trial[Symbol.asyncDispose]();
  }
}

async function programsFor(evaluator: Evaluator): Promise<Programs> {
  await using trial = new Trial(evaluator, { print: '' });
  const { language } = (await trial.session()).info;
  const found = Object.hasOwn(known, language) ? known[language] : undefined;
  if (!found) throw new Error(`There are no programs in '${language}' here; give them with --programs FILE.`);
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
