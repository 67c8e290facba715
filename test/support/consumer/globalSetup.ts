import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { packAll } from '../package.mjs';
import { npm } from '../run.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    vsix: string;
    /** The folder of a project that has installed the packed library, and nothing else. */
    consumer: string;
    /** The files of the installed library. */
    installedFiles: readonly string[];
  }
}

/** Packs the extension and the library, and installs the library in a project of its own. */
export default async function setup(project: TestProject): Promise<() => void> {
  const { vsix, library } = await packAll();
  const consumer = mkdtempSync(path.join(os.tmpdir(), 'extsession-consumer-'));
  writeFileSync(path.join(consumer, 'package.json'), '{ "name": "consumer", "version": "1.0.0" }');
  await npm(['install', '--offline', '--loglevel=error', library], consumer);
  project.provide('vsix', vsix);
  project.provide('consumer', consumer);
  // Before any program runs there: Python adds its caches.
  project.provide('installedFiles', filesIn(path.join(consumer, 'node_modules', 'extsession')));
  return () => {
    rmSync(consumer, { recursive: true });
  };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}
