// npm test: every check and every suite, from a bare clone. `npm test -- --only lint,unit` runs some of them.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBrowser, NoBrowserError } from './browser.mjs';
import { installDependencies } from './dependencies.mjs';
import { installLibraries } from './libraries.mjs';
import { packAll } from './package.mjs';
import { dist, inRoot, root } from './project.mjs';
import { runInNewerNode } from './newerNode.mjs';
import { exitCode } from './run.mjs';
import { failure, summaryLine } from './summary.mjs';
import { installVscodeHost } from './vscode-host/install.mjs';
import { runWindowsCases } from './windowsCases.mjs';

/** @typedef {import('./summary.mjs').Summary} Summary */

/** Steps that only say yes or no; each counts as one test. All others need the build. */
const buildChecks = { build: () => packAll() };

/** These run one after the other beside the suites, with low priority: they take the time in which a suite waits. */
const checks = {
  types: () => check('@typescript/native/bin/tsc', '-b'),
  format: () => check('oxfmt/bin/oxfmt', '--check'),
  lint: () => check('oxlint/bin/oxlint', '--max-warnings=0'),
  python: async () => {
    await quietly(inRoot('test/support/ruff.mjs'));
    await check('pyright/index.js');
  },
};

/**
 * Those of a group run at once. What starts many processes or a window has both cores for itself.
 *
 * @type {readonly Record<string, () => Promise<Summary>>[]}
 */
const suiteGroups = [
  {
    architecture: () => vitest('architecture'),
    package: () => vitest('package'),
    unit: () => vitest('unit', 'mocked'),
  },
  {
    integration: async () => {
      await libraries;
      return vitest('integration');
    },
  },
  {
    host: () => inVscode(() => runSuite('host', [inRoot('test/support/inHost/run.mjs')])),
    windows: () => runWindowsCases(),
  },
  { e2e: () => inVscode(() => vitest('e2e')) },
];

const began = Date.now();
const only = readOnly(process.argv.slice(2));
await runInNewerNode();
await installDependencies(root); // which empties the folder that the next two fill
const libraries = wanted('integration') ? installLibraries() : undefined;
const vscodeHost = wanted('host') || wanted('e2e') ? installInBackground() : undefined;
rmSync(path.join(dist, 'failures'), { recursive: true, force: true });
const summaries = await runChecks(buildChecks);
const checked = runChecks(checks);
for (const group of suiteGroups) {
  const chosen = Object.entries(group).filter(([name]) => wanted(name));
  if (chosen.length > 0) heading(chosen.map(([name]) => name).join(', '));
  summaries.push(...(await Promise.all(chosen.map(([, run]) => run()))));
}
summaries.push(...(await checked));
for (const state of /** @type {const} */ (['skipped', 'failed'])) {
  for (const summary of summaries) {
    for (const { test, reason } of summary[state]) console.log(`${state}: ${test}: ${reason}`);
  }
}
console.log(`took ${seconds(began)}`);
console.log(summaryLine(summaries));
process.exitCode = summaries.some(({ failed }) => failed.length > 0) ? 1 : 0;

/** @param {readonly string[]} options */
function readOnly(options) {
  const at = options.indexOf('--only');
  if (at < 0) return undefined;
  const names = options[at + 1]?.split(',') ?? [];
  const known = [buildChecks, checks, ...suiteGroups].flatMap((group) => Object.keys(group));
  const unknown = names.filter((name) => !known.includes(name));
  if (names.length === 0 || unknown.length > 0) throw new Error(`--only takes some of ${known.join(',')}.`);
  return names;
}

/** @param {string} name */
function wanted(name) {
  return only?.includes(name) ?? true;
}

/**
 * @param {Record<string, () => Promise<unknown>>} group
 * @returns {Promise<Summary[]>}
 */
async function runChecks(group) {
  const results = [];
  for (const [name, run] of Object.entries(group).filter(([name]) => wanted(name))) {
    const start = Date.now();
    try {
      await run();
      console.log(`ok      ${name} (${seconds(start)})`);
      results.push({ passed: 1, failed: [], skipped: [] });
    } catch (error) {
      console.log(`FAILED  ${name} (${seconds(start)})\n${error instanceof Error ? error.message : String(error)}`);
      results.push({ passed: 0, failed: [failure(name, 'see above')], skipped: [] });
    }
  }
  return results;
}

/**
 * @param {string} script below node_modules
 * @param {readonly string[]} args
 */
function check(script, ...args) {
  return quietly(inRoot('node_modules', script), ...args);
}

/**
 * Runs a program with low priority; its output matters only when it fails.
 *
 * @param {readonly string[]} args for Node
 * @returns {Promise<void>}
 */
function quietly(...args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    if (child.pid !== undefined) lowerPriority(child.pid);
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += String(chunk)));
    child.once('error', reject).once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(printed));
    });
  });
}

/** @param {number} pid */
function lowerPriority(pid) {
  try {
    os.setPriority(pid, os.constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or the system does not let us: the check runs all the same.
  }
}

/**
 * @param {string} project
 * @param {readonly string[]} others whose tests belong to the same suite
 */
function vitest(project, ...others) {
  const projects = [project, ...others].flatMap((name) => ['--project', name]);
  return runSuite(project, [inRoot('node_modules/vitest/vitest.mjs'), 'run', ...projects]);
}

/**
 * @param {string} name
 * @param {readonly string[]} args for Node
 * @returns {Promise<Summary>}
 */
async function runSuite(name, args) {
  const file = path.join(dist, 'summaries', `${name}.json`);
  rmSync(file, { force: true });
  const code = await exitCode(process.execPath, args, {
    cwd: root,
    env: { ...process.env, EXTSESSION_TEST_SUMMARY: file },
  });
  /** @type {Summary} */
  const summary = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: [], skipped: [] };
  // A suite that fell over has a failure even if none of its tests had.
  if ((code === 0 && existsSync(file)) || summary.failed.length > 0) return summary;
  return { ...summary, failed: [failure(name, `it ended with exit code ${String(code)}`)] };
}

/**
 * Runs a suite that needs VS Code and a browser, if they can be had.
 *
 * @param {() => Promise<Summary>} suite
 * @returns {Promise<Summary>}
 */
async function inVscode(suite) {
  if (process.platform !== 'linux') return skipped('VS Code in the browser runs on Linux only');
  try {
    await ensureBrowser();
  } catch (error) {
    if (!(error instanceof NoBrowserError)) throw error;
    console.error(error.message);
    const failed = [failure('every test in VS Code', error)];
    return process.env.CI ? { passed: 0, failed, skipped: [] } : skipped(error.message);
  }
  await vscodeHost;
  await installVscodeHost();
  return suite();
}

/** Downloads VS Code while others compute. What fails is tried again, and reported, by the first suite that needs it. */
async function installInBackground() {
  if (process.platform !== 'linux') return;
  await quietly(inRoot('test/support/vscode-host/install.mjs')).catch(() => undefined);
}

/**
 * @param {string} reason
 * @returns {Summary}
 */
function skipped(reason) {
  return { passed: 0, failed: [], skipped: [{ test: 'every test in VS Code', reason }] };
}

/** @param {string} name */
function heading(name) {
  console.log(`\n--- ${name}`);
}

/** @param {number} start */
function seconds(start) {
  return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}
