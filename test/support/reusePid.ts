import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';

const lastPid = '/proc/sys/kernel/ns_last_pid';

/** Only Linux has a say in which number a process gets, and only for root. */
export const canReusePids = ((): boolean => {
  try {
    accessSync(lastPid, constants.W_OK);
    return true;
  } catch {
    return false;
  }
})();

/**
 * A stranger: a process that leads a group of its own under a number that was another's. Whoever asks for it ends it.
 * What starts later goes on with the numbers of before: a test beside this one may look for a process that has just
 * ended.
 */
export function strangerWith(pid: number): ChildProcess {
  const last = readFileSync(lastPid, 'utf8');
  try {
    return startedWith(pid);
  } finally {
    writeFileSync(lastPid, last);
  }
}

function startedWith(pid: number): ChildProcess {
  for (let attempt = 0; attempt < 1000; attempt++) {
    writeFileSync(lastPid, String(pid - 1));
    const stranger = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    if (stranger.pid === pid) return stranger;
    stranger.kill('SIGKILL'); // others start processes too
  }
  throw new Error(`No process got the number ${String(pid)}.`);
}
