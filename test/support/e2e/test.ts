import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { test as base, expect, inject, type TestContext } from 'vitest';
import { launchOptions } from '../browser.mjs';
import { packFixture } from '../packFixture.mjs';
import { dist } from '../project.mjs';
import { startServer, type ServerOptions } from '../vscode-host/server.mjs';
import { type SharedServer, windowSettings } from './globalSetup.js';
import { usualSize } from './looks.js';
import { tidy } from './tidy.js';
import { Workbench } from './workbench.js';

export interface OpenOptions {
  /** The files that the test adds to the workspace, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** What a server of the test's own needs, where the shared one will not do. */
  readonly server?: Pick<ServerOptions, 'env' | 'workspaceTrust' | 'settings'>;
  /** Extensions of test/fixtures to install beside ours; they need a server of the test's own. */
  readonly beside?: readonly string[];
  /** Errors in the console that the test provokes. */
  readonly expectedProblems?: RegExp;
}

/**
 * Tests that use a window of a real VS Code; one that shows an error or breaches a content security policy fails its
 * test. The tests of a worker share one window, because opening one costs twenty seconds of processor time: those of a
 * file go on where the last one left it, and the next file finds it tidied. A test that needs a server of its own has
 * its own.
 */
export const test = base
  .extend('shared', { scope: 'worker' }, async ({}, { onCleanup }) => {
    const browser = await chromium.launch(launchOptions(inject('browser')));
    const window = new SharedWindow(browser);
    // The steps of one fixture, because those of two would be taken in any order.
    onCleanup(() => runAll([() => window.close(), () => browser.close()]));
    return { browser, window };
  })
  .extend('sharedWindow', { scope: 'file' }, ({ shared }, { onCleanup }) => {
    onCleanup(() => shared.window.tidy());
    return shared.window;
  })
  .extend('open', ({ shared: { browser }, sharedWindow, task }, { onCleanup }) => {
    const ends: (() => Promise<void>)[] = [];
    onCleanup(() => runAll(ends.reverse()));
    return async ({ files, server, beside, expectedProblems }: OpenOptions): Promise<Workbench> => {
      const opened = server ? await openWindow(browser, files, server, beside) : await sharedWindow.with(files);
      const { window, logFolder } = opened;
      if (server) ends.push(opened.close);
      ends.push(async () => {
        const problems = window.problems.take().filter((problem) => !expectedProblems?.test(problem));
        const failed = task.result?.state === 'fail' || problems.length > 0;
        if (failed) await keepEvidence(task, window, logFolder);
        if (failed && !server) await sharedWindow.close();
        expect(problems, 'errors in the console').toEqual([]);
      });
      return window;
    };
  });

interface OpenWindow {
  readonly window: Workbench;
  readonly logFolder: string;
  readonly close: () => Promise<void>;
}

/** The window that the tests of a worker share. */
class SharedWindow {
  #opened: OpenWindow | undefined;
  readonly #browser: Browser;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  async with(files: OpenOptions['files']): Promise<OpenWindow> {
    if (this.#opened) await this.#opened.window.addFiles(files);
    else this.#opened = await openWindow(this.#browser, files);
    return this.#opened;
  }

  /** Makes it like a new one for the next file, unless that is more work than a new one. */
  async tidy(): Promise<void> {
    const { window } = this.#opened ?? {};
    if (window?.isRefitted === true) await this.close();
    // One that is half tidied is no place for the next file.
    else if (window)
      await tidy(window).catch((error: unknown) => this.close().then(() => Promise.reject(error as Error)));
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    await opened?.close();
  }
}

/** Opens a window on a new folder; of the shared server, when it needs none of its own. */
async function openWindow(
  browser: Browser,
  files: OpenOptions['files'],
  serverOptions?: OpenOptions['server'],
  beside: readonly string[] = [],
): Promise<OpenWindow> {
  const ends: (() => Promise<void>)[] = [];
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'extsession-window-'));
  ends.push(() => rm(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  const folder = path.join(scratch, 'workspace');
  await mkdir(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);

  let server = sharedServer();
  if (serverOptions) {
    const others = await Promise.all(beside.map((name) => packFixture(name, scratch)));
    const own = await startServer({
      ...serverOptions,
      profile: path.join(scratch, 'vscode'),
      folder,
      vsix: [inject('vsix'), ...others],
      settings: { ...windowSettings, ...serverOptions.settings },
    });
    ends.push(own.stop);
    server = own;
  }

  const context = await browser.newContext({ viewport: usualSize, reducedMotion: 'reduce' });
  ends.push(() => context.close());
  const window = await Workbench.open({ context, server, folder });
  return { window, logFolder: server.logFolder, close: () => runAll(ends.reverse()) };
}

/** That of this worker. */
function sharedServer(): SharedServer {
  const worker = Number(process.env.VITEST_POOL_ID);
  const server = inject('servers')[worker - 1];
  if (!server) throw new Error(`There is no server for worker ${String(worker)}.`);
  return server;
}

/** Runs every step, whatever became of those before it, and throws the first error. */
async function runAll(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) {
    await step().catch((error: unknown) => errors.push(error));
  }
  if (errors.length > 0) throw errors[0];
}

/** Leaves what a person needs to understand a failure: the window's picture and the extension's log. */
async function keepEvidence(task: TestContext['task'], workbench: Workbench, logFolder: string): Promise<void> {
  const folder = path.join(dist, 'failures', task.name.replaceAll(/[^\w]+/g, '-'));
  await mkdir(folder, { recursive: true });
  await workbench.page.screenshot({ path: path.join(folder, 'window.png') });
  const logs = await readdir(logFolder, { recursive: true });
  for (const log of logs.filter((file) => /ExtSession.*\.log$|exthost\/remoteexthost\.log$/.test(file))) {
    const text = await readFile(path.join(logFolder, log), 'utf8');
    await writeFile(path.join(folder, log.replaceAll(path.sep, '-')), text);
  }
  console.error(`What the window showed and logged: ${folder}`);
}
