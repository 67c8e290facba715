// Runs test/host inside the extension host of a real VS Code, with the extension loaded from this clone and another one
// that uses its API; then, in a window of their own, the tests that need the Python extension's interface beside it.
import { build } from 'esbuild';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import { chromium } from 'playwright-core';
import { ensureBrowser, launchOptions } from '../browser.mjs';
import { packFixture } from '../packFixture.mjs';
import { libraryPython } from '../libraries.mjs';
import { inRoot, root } from '../project.mjs';
import { installVscodeHost } from '../vscode-host/install.mjs';
import { endsWithWindow, startServer } from '../vscode-host/server.mjs';

/** No test takes that long, and each says when it has ended. */
const SILENCE_MS = 3 * 60_000;
const bundles = inRoot('dist', 'test', 'host');

process.exitCode = await main();

/** @returns {Promise<number>} the exit code */
async function main() {
  const executable = await ensureBrowser();
  await installVscodeHost();
  await bundleTests();
  process.env.EXTSESSION_TEST_PYTHON = libraryPython; // if it is there
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'extsession-in-host-'));
  const browser = await chromium.launch(launchOptions(executable));
  try {
    const alone = await runBeside(browser, {
      scratch: path.join(scratch, 'alone'),
      tests: bundles,
      vsix: await packFixture('otherExtension', scratch),
    });
    const beside = await runBeside(browser, {
      scratch: path.join(scratch, 'beside'),
      tests: path.join(bundles, 'withPythonExtension'),
      vsix: await packFixture('pythonExtension', scratch),
    });
    return Math.max(alone, beside);
  } finally {
    await browser.close();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/**
 * Runs the tests of a folder in a VS Code of their own.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {{ scratch: string, tests: string, vsix?: string }} options `vsix` is another extension to install
 * @returns {Promise<number>} the exit code
 */
async function runBeside(browser, { scratch, tests, vsix }) {
  const folder = path.join(scratch, 'workspace');
  cpSync(inRoot('test', 'fixtures', 'demo'), folder, { recursive: true });
  const profile = path.join(scratch, 'vscode');
  // Each picture is drawn by the processor, and nobody looks at it.
  const settings = {
    ...endsWithWindow,
    'breadcrumbs.enabled': false,
    'editor.cursorBlinking': 'solid',
    'editor.minimap.enabled': false,
    'editor.stickyScroll.enabled': false,
    'workbench.editor.showTabs': 'none',
    'workbench.reduceMotion': 'on',
  };
  const server = await startServer({ profile, folder, settings, smokeTestDriver: true, ...(vsix ? { vsix } : {}) });
  try {
    return await runIn(browser, server, { folder, tests });
  } finally {
    await server.stop();
  }
}

/** Each test file is a bundle beside a runner, so that mocha and `vscode` are all that it needs there. */
async function bundleTests() {
  rmSync(bundles, { recursive: true, force: true });
  const tests = readdirSync(inRoot('test', 'host'), { recursive: true, encoding: 'utf8' });
  await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'test/support/inHost/runner.ts', out: 'index' },
      { in: 'test/support/inHost/runner.ts', out: 'withPythonExtension/index' },
      ...tests
        .filter((file) => file.endsWith('.test.ts'))
        .map((file) => ({ in: path.join('test', 'host', file), out: file.replace(/\.ts$/, '') })),
    ],
    outdir: bundles,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}

/**
 * VS Code, told to by the smoke test driver, calls two functions of the page: one for each line that the tests print,
 * one at their end.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {import('../vscode-host/server.mjs').Server} server
 * @param {{ folder: string, tests: string }} window what it opens and runs
 * @returns {Promise<number>} the exit code
 */
async function runIn(browser, server, { folder, tests }) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 600 }, reducedMotion: 'reduce' });
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    void page.exposeFunction('codeAutomationExit', resolve);
  });
  const silence = watchSilence();
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ parts) => {
    silence.interrupt();
    if (type !== 'warn') console.log(format(...parts));
  });
  /** @param {string} file */
  const remote = (file) => `vscode-remote://localhost:${String(server.port)}${file}`;
  const url = new URL(server.url);
  url.searchParams.set('folder', folder);
  url.searchParams.set(
    'payload',
    JSON.stringify([
      ['extensionDevelopmentPath', remote(root)],
      ['extensionTestsPath', remote(path.join(tests, 'index.js'))],
    ]),
  );
  await page.goto(url.href);
  const code = await Promise.race([ended, silence.lasted]);
  if (code === 0) {
    await page.close();
    return 0;
  }
  const picture = inRoot('dist', 'failures', 'in-host.png');
  await page.screenshot({ path: picture });
  console.error(`The tests in the extension host ended with ${String(code)}; the window then: ${picture}`);
  return 1;
}

/** Tells when nothing has been heard for too long. */
function watchSilence() {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {Promise<string>} */
  const lasted = new Promise((resolve) => {
    timer = setTimeout(resolve, SILENCE_MS, `no word in ${String(SILENCE_MS / 60_000)} minutes`).unref();
  });
  return { lasted, interrupt: () => void timer?.refresh() };
}
