import { spawnSync } from 'node:child_process';
import { inRoot } from '../support/project.mjs';

/** What an IPython kernel takes on this machine, in milliseconds; undefined where it is not installed. */
export interface KernelFigures {
  readonly start: number;
  readonly roundTrip: number;
  readonly prints: number;
}

export function measureIpykernel(python: string): KernelFigures | undefined {
  const installed = spawnSync(python, ['-c', 'import ipykernel, jupyter_client'], { stdio: 'ignore' });
  if (installed.status !== 0) return undefined;
  const program = inRoot('test', 'benchmarks', 'programs', 'ipykernel.py');
  const { status, stdout, stderr } = spawnSync(python, [program], { encoding: 'utf8', timeout: 300_000 });
  if (status !== 0) throw new Error(`The IPython kernel could not be measured:\n${stderr}`);
  return JSON.parse(stdout) as KernelFigures;
}
