import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './project.mjs';
import { prepareWine, WineMissingError } from './wine.mjs';

/** @typedef {import('./summary.mjs').Summary} Summary */

/**
 * Runs the cases of test/windows under Wine: those whose names contain `filter`. Prints one line for each.
 *
 * @param {string} [filter]
 * @returns {Promise<Summary>}
 */
export async function runWindowsCases(filter = '') {
  /** @type {import('./wine.mjs').Wine} */
  let wine;
  try {
    wine = await prepareWine();
  } catch (error) {
    if (!(error instanceof WineMissingError)) throw error;
    return { passed: 0, failed: [], skipped: [{ test: 'Windows', reason: error.message }] };
  }
  const library = inRoot('dist/engine/index.js');
  if (!existsSync(library)) throw new Error('Run npm run build first.');
  const driver = path.join(wine.folder, 'main.mjs');
  const results = path.join(wine.folder, 'results.jsonl');
  const { build } = await import('esbuild'); // which is not there yet when `npm test` begins
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
  return summaryOf(results);
}

/**
 * @param {string} results
 * @returns {Summary}
 */
function summaryOf(results) {
  const [count = '0', ...lines] = existsSync(results) ? readFileSync(results, 'utf8').trim().split('\n') : [];
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
  else if (lines.length < Number(count))
    summary.failed.push({ test: 'Windows', reason: `only ${String(lines.length)} of ${count} cases have ended` });
  if (process.env.EXTSESSION_WINDOWS_PYTHON === undefined) {
    summary.skipped.push({
      test: "Python's cases on Windows",
      reason: 'EXTSESSION_WINDOWS_PYTHON names no folder with a Python for Windows',
    });
  }
  return summary;
}
