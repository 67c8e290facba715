import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { failure, type Summary } from '../summary.mjs';

/**
 * Runs the bundled test files that stand beside this one. VS Code calls it inside the extension host.
 *
 * @throws Error when a test fails: VS Code reports it to the page
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: 'spec', color: false });
  for (const name of readdirSync(__dirname)) {
    if (name.endsWith('.test.js')) mocha.addFile(path.join(__dirname, name));
  }
  const summary: Summary = { passed: 0, failed: [], skipped: [] };
  await new Promise<void>((resolve) => {
    mocha
      .run(() => {
        resolve();
      })
      .on('pass', () => summary.passed++)
      .on('fail', (test, error: unknown) => summary.failed.push(failure(test.fullTitle(), error)))
      .on('pending', (test) => summary.skipped.push({ test: test.fullTitle(), reason: reasonIn(test.title) }));
  });
  writeSummary(summary);
  if (summary.failed.length > 0) throw new Error(`${String(summary.failed.length)} tests failed.`);
}

function writeSummary(summary: Summary): void {
  const file = process.env.EXTSESSION_TEST_SUMMARY;
  if (!file) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(added(summary, file)));
}

/** Several windows of one run write to the same file. */
function added({ passed, failed, skipped }: Summary, file: string): Summary {
  if (!existsSync(file)) return { passed, failed, skipped };
  const before = JSON.parse(readFileSync(file, 'utf8')) as Summary;
  return {
    passed: before.passed + passed,
    failed: [...before.failed, ...failed],
    skipped: [...before.skipped, ...skipped],
  };
}

/** As in 'works (skipped without a server)'. */
function reasonIn(title: string): string {
  return /\(skipped (.+)\)$/.exec(title)?.[1] ?? 'no reason given';
}
