import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureBrowser } from '../browser.mjs';
import { packAll } from '../package.mjs';
import { installVscodeHost } from '../vscode-host/install.mjs';
import { startServer } from '../vscode-host/server.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    browser: string;
    vsix: string;
    /** The server that every test shares which needs no other. */
    server: { readonly url: string; readonly logFolder: string };
  }
}

/** Of every window: pictures and colours are to be the same on each machine, and nothing is drawn that nobody looks at. */
export const windowSettings = {
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'workbench.colorTheme': 'Dark Modern',
  'workbench.reduceMotion': 'on',
};

/** Packs the extension and serves a VS Code that has it installed. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { vsix } = await packAll();
  await installVscodeHost();
  const browser = await ensureBrowser();
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'extsession-e2e-'));
  const server = await startServer({ profile: scratch, folder: scratch, vsix, settings: windowSettings });
  project.provide('vsix', vsix);
  project.provide('browser', browser);
  project.provide('server', { url: server.url, logFolder: server.logFolder });
  return async () => {
    await server.stop();
    await rm(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
}
