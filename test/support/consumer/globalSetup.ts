import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { packageExtension } from '../package.mjs';
import { root } from '../project.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    vsix: string;
    /** The folder of a project that has installed the packed library, and nothing else. */
    consumer: string;
  }
}

/** Packs the extension and the library, and installs the library in a project of its own. */
export default async function setup(project: TestProject): Promise<() => void> {
  project.provide('vsix', await packageExtension());
  const consumer = mkdtempSync(path.join(os.tmpdir(), 'extsession-consumer-'));
  const packed = npm(['pack', '--ignore-scripts', '--pack-destination', consumer], root).trim();
  writeFileSync(path.join(consumer, 'package.json'), '{ "name": "consumer", "version": "1.0.0" }');
  npm(['install', '--offline', '--no-audit', '--no-fund', path.join(consumer, packed)], consumer);
  project.provide('consumer', consumer);
  return () => {
    rmSync(consumer, { recursive: true });
  };
}

function npm(args: readonly string[], cwd: string): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}
