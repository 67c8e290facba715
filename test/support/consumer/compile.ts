import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';
import { inRoot } from '../project.mjs';

/** Compiles sources in the consumer's project, strictly; returns the compiler's errors. */
export function compile(sources: Readonly<Record<string, string>>, options: object): string {
  const project = inject('consumer');
  for (const [file, content] of Object.entries(sources)) writeFileSync(path.join(project, file), content);
  const compilerOptions = {
    noEmit: true,
    skipLibCheck: false,
    strict: true,
    target: 'ES2022',
    typeRoots: [inRoot('node_modules', '@types')],
    ...options,
  };
  writeFileSync(path.join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: Object.keys(sources) }));
  const tsc = inRoot('node_modules', 'typescript', 'bin', 'tsc');
  return spawnSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' }).stdout;
}
