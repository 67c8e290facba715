import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';
import { testPythons } from '../pythons.js';

const [python] = testPythons();

/** Runs a program in the consumer's project, with the tested Python first on PATH; returns all that it prints. */
export function runProgram(file: string, source: string): string {
  const cwd = inject('consumer');
  writeFileSync(path.join(cwd, file), source);
  const folder = python ? `${path.dirname(python.executable)}${path.delimiter}` : '';
  const env = { ...process.env, PATH: `${folder}${process.env.PATH ?? ''}` };
  const { stdout, stderr } = spawnSync(process.execPath, [file], { cwd, encoding: 'utf8', env, timeout: 50_000 });
  return stdout + stderr;
}
