import { execFileSync } from 'node:child_process';
import { inRoot, root } from './project.mjs';

/** Builds the workers that do not run from their sources. */
export function setup(): void {
  execFileSync(process.execPath, [inRoot('esbuild.mjs'), '--workers'], { cwd: root, stdio: 'inherit' });
}
