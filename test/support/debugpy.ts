import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pythonWith } from './pythons.js';

/** A Python that has debugpy. */
export const debugpyOwner = pythonWith('debugpy')?.executable;

/** The folder of its debugpy: any Python here takes it from there, as from the Python Debugger extension. */
export const debugpyFolder = debugpyOwner && path.dirname(path.dirname(fileOf(debugpyOwner)));

function fileOf(python: string): string {
  return execFileSync(python, ['-c', 'import debugpy; print(debugpy.__file__)'], { encoding: 'utf8' }).trim();
}
