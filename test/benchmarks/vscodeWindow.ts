import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Frame, type Page } from 'playwright-core';
import { ensureBrowser, launchOptions } from '../support/browser.mjs';
import { packAll } from '../support/package.mjs';
import { packFixture } from '../support/packFixture.mjs';
import { installVscodeHost } from '../support/vscode-host/install.mjs';
import { endsWithWindow, startServer } from '../support/vscode-host/server.mjs';

const PATIENCE_MS = 60_000;

export interface WindowOptions<T> {
  /** What stands in the file that is open. */
  readonly source: string;
  /** An extension of test/fixtures to install beside ours. */
  readonly beside?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Runs in each frame of the window before anything else does. */
  readonly inFrames?: () => void;
  readonly measure: (page: Page, logFolder: string) => Promise<T>;
}

/** Opens a Python file in a window of a real VS Code that has the extension. */
export async function inVscodeWindow<T>(options: WindowOptions<T>): Promise<T> {
  const { source, beside, settings, inFrames, measure } = options;
  const { vsix } = await packAll();
  await installVscodeHost();
  const executable = await ensureBrowser();
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'extsession-bench-'));
  const folder = path.join(scratch, 'workspace');
  const file = path.join(folder, 'cell.py');
  mkdirSync(folder);
  writeFileSync(file, source);
  const browser = await chromium.launch(launchOptions(executable));
  const extensions = beside === undefined ? vsix : [vsix, await packFixture(beside, scratch)];
  const profile = path.join(scratch, 'vscode');
  const server = await startServer({ profile, folder, vsix: extensions, settings: { ...endsWithWindow, ...settings } });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 850 } });
    if (inFrames) await page.addInitScript(inFrames);
    const url = new URL(server.url);
    url.searchParams.set('folder', folder);
    await page.goto(url.href);
    const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'cell.py' });
    await row.dblclick({ timeout: PATIENCE_MS });
    return await measure(page, server.logFolder);
  } finally {
    await browser.close();
    await server.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Runs the cell at the cursor. The window may still be busy with its start: tries until the panel is there. */
export async function runCell(page: Page): Promise<void> {
  const text = page.locator('.editor-instance .view-line', { hasText: '%%' });
  await text.waitFor({ timeout: PATIENCE_MS });
  await until(async () => {
    await text.click();
    await page.keyboard.press('Control+Enter');
    await page.waitForTimeout(1000);
    return (await page.locator('iframe.webview.ready').count()) > 0 || undefined;
  });
}

/** Runs a command of VS Code by its title. */
export async function runVscodeCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input.input').fill(`>${title}`);
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: title }).first().click();
}

/** The frame that has such an element, once there is one. */
export function frameWith(page: Page, selector: string): Promise<Frame> {
  return until(async () => {
    await page.waitForTimeout(100);
    for (const frame of page.frames()) {
      const count = await frame
        .locator(selector)
        .count()
        .catch(() => 0); // it may just be going
      if (count > 0) return frame;
    }
    return undefined;
  });
}

/** Repeats a step until it finds something. */
export async function until<T>(step: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    const found = await step();
    if (found !== undefined) return found;
  }
  throw new Error(`The window did not come so far within ${String(PATIENCE_MS / 1000)} s.`);
}
