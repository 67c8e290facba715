import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { jobNameOf, slurmJob } from '../../host/machines/slurm.js';

const PERIOD_MS = 1000;

/** Says where the job that a command starts is in the queue of Slurm, until the signal is aborted. */
export async function followJob(
  command: readonly string[],
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const name = jobNameOf(command);
  while (name !== undefined && !signal.aborted) {
    const job = await slurmJob(name);
    if (job?.state === 'PENDING') say(vscode.l10n.t('Job {0} is waiting: {1}', job.id, job.reason));
    else if (job) say(vscode.l10n.t('Job {0} is running', job.id));
    await pause(PERIOD_MS, undefined, { signal }).catch(() => undefined);
  }
}
