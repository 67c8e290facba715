import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureBrowser } from '../browser.mjs';
import { packAll } from '../package.mjs';
import { installVscodeHost } from '../vscode-host/install.mjs';
import { endsWithWindow, startServer } from '../vscode-host/server.mjs';

export interface SharedServer {
  readonly url: string;
  readonly logFolder: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    browser: string;
    vsix: string;
    /** For each worker, the server that its tests share which need no other. */
    servers: readonly SharedServer[];
  }
}

/**
 * Of every window: pictures and colours are to be the same on each machine, and nothing is drawn that nobody looks at.
 */
export const windowSettings = {
  ...endsWithWindow,
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'workbench.colorTheme': 'Dark Modern',
  'workbench.reduceMotion': 'on',
};

/** Packs the extension and serves, to each worker, a VS Code that has it installed. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { vsix } = await packAll();
  await installVscodeHost();
  const browser = await ensureBrowser();
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'extsession-e2e-'));
  const servers = await Promise.all(
    Array.from({ length: project.config.maxWorkers }, async (_, worker) => {
      const profile = path.join(scratch, String(worker));
      await mkdir(profile);
      return startServer({ profile, folder: profile, vsix, settings: windowSettings });
    }),
  );
  project.provide('vsix', vsix);
  project.provide('browser', browser);
  project.provide(
    'servers',
    servers.map(({ url, logFolder }) => ({ url, logFolder })),
  );
  return async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await rm(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
}
