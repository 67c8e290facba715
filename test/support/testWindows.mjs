// npm run test:windows: on Windows, the whole suite. On Debian, what Wine can show: see ./wine.mjs.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { inRoot } from './project.mjs';
import { exitCode } from './run.mjs';
import { summaryLine } from './summary.mjs';
import { prepareWine, WineMissingError } from './wine.mjs';

const filter = process.argv[2] ?? '';
if (process.platform === 'win32')
  process.exitCode = Number(await exitCode(process.execPath, [inRoot('test/support/test.mjs')]));
else await underWine();

async function underWine() {
  /** @type {import('./wine.mjs').Wine} */
  let wine;
  try {
    wine = await prepareWine();
  } catch (error) {
    if (!(error instanceof WineMissingError)) throw error;
    console.log(`skipped: Windows: ${error.message}`);
    console.log(summaryLine([{ passed: 0, failed: [], skipped: [{ test: 'Windows', reason: error.message }] }]));
    return;
  }
  const library = inRoot('dist/engine/index.js');
  if (!existsSync(library)) throw new Error('Run npm run build first.');
  const driver = path.join(wine.folder, 'main.mjs');
  const results = path.join(wine.folder, 'results.jsonl');
  await build({
    entryPoints: [inRoot('test/windows/main.ts')],
    outfile: driver,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
  rmSync(results, { force: true });
  await wine.runNode([driver, library, results, wine.stub, filter]);
  report(results);
}

/** @param {string} results */
function report(results) {
  const lines = existsSync(results) ? readFileSync(results, 'utf8').trim().split('\n') : [];
  const summary = {
    passed: 0,
    failed: /** @type {import('./summary.mjs').Remark[]} */ ([]),
    skipped: /** @type {import('./summary.mjs').Remark[]} */ ([]),
  };
  for (const line of lines) {
    const { name, ms, failed, skipped } =
      /** @type {{ name: string, ms: number, failed?: string, skipped?: string }} */ (JSON.parse(line));
    if (failed !== undefined) {
      summary.failed.push({ test: name, reason: failed });
      console.log(`FAILED  ${name}\n${failed}`);
    } else if (skipped !== undefined) {
      summary.skipped.push({ test: name, reason: skipped });
    } else {
      summary.passed++;
      console.log(`ok      ${name} (${(ms / 1000).toFixed(1)} s)`);
    }
  }
  if (lines.length === 0) summary.failed.push({ test: 'Windows', reason: 'no case has run' });
  if (process.env.EXTSESSION_WINDOWS_PYTHON === undefined) {
    summary.skipped.push({
      test: "Python's cases",
      reason: 'EXTSESSION_WINDOWS_PYTHON names no folder with a Python for Windows',
    });
  }
  for (const { test, reason } of summary.skipped) console.log(`skipped: ${test}: ${reason}`);
  console.log(summaryLine([summary]));
  process.exitCode = summary.failed.length > 0 ? 1 : 0;
}
