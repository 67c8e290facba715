import { spawnSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import path from 'node:path';
import { systemProgram } from '../../../engine/windows/systemProgram.js';
import type { Pair } from './output/pair.js';

/** Taken now: later it leads the children's output to their command. */
const runNow = spawnSync;
/** Also taken now: code can change the variables. */
const taskkill = systemProgram('taskkill.exe');

/**
 * The host is gone, and nobody reads what this process writes: what stands in the place of its pairs. It is to end
 * soon.
 */
export function leaveHost(controlPath: string): Pair {
  const nowhere = openSync(devNull, 'w');
  if (process.platform === 'win32') process.once('exit', endTree);
  else {
    tellEnding(path.join(path.dirname(controlPath), 'ending'));
    for (const descriptor of [1, 2]) {
      closeSync(descriptor);
      openSync(devNull, 'w'); // the lowest free one
    }
  }
  const nothing = (): void => undefined;
  return { number: 0, writeEnds: [nowhere, nowhere], isOpen: true, leaveToHost: nothing, retire: nothing };
}

/** Tells who cleans up behind the host that this process ends by itself, and is not to be interrupted. */
function tellEnding(file: string): void {
  try {
    writeFileSync(file, '');
  } catch {
    // the directory is gone
  }
}

/** Where nobody else cleans up: `taskkill` follows parents to children. */
function endTree(): void {
  runNow(taskkill, ['/pid', String(process.pid), '/t', '/f'], { windowsHide: true });
}
