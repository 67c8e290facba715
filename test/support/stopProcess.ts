import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Stops a process of Linux. On a busy machine, its other threads still run until the first one has the signal. */
export async function stopProcess(pid: number | undefined): Promise<void> {
  if (pid === undefined) throw new Error('There is no process to stop.');
  process.kill(pid, 'SIGSTOP');
  const tasks = `/proc/${String(pid)}/task`;
  const stateOf = (task: string) =>
    readFileSync(`${tasks}/${task}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .charAt(0);
  while (readdirSync(tasks).some((task) => stateOf(task) !== 'T')) await delay(5);
}
