import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dist, inRoot } from './project.mjs';

/**
 * Runs a step unless its inputs are as they were when it last succeeded, and its outputs are still there.
 *
 * @param {{ name: string; inputs: readonly string[]; outputs: readonly string[] }} step paths relative to the clone
 * @param {() => Promise<void>} action
 */
export async function whenChanged({ name, inputs, outputs }, action) {
  const stamp = path.join(dist, '.stamps', name);
  const wanted = fingerprint(inputs);
  const present = outputs.every((output) => existsSync(inRoot(output)));
  if (present && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await action();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** @param {readonly string[]} inputs */
function fingerprint(inputs) {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of filesIn(inRoot(input))) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/**
 * @param {string} entry a file, a folder, or nothing
 * @returns {string[]}
 */
function filesIn(entry) {
  if (!existsSync(entry)) return [];
  if (statSync(entry).isFile()) return [entry];
  return readdirSync(entry, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile() && !found.name.endsWith('.pyc'))
    .map((found) => path.join(found.parentPath, found.name))
    .sort();
}
