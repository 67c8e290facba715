import * as vscode from 'vscode';
import type { Machine } from '../../host/machines/machine.js';
import { jobWith, usualOptions } from '../../host/machines/slurm.js';
import { setting } from '../../host/settings.js';
import { splitArguments } from '../running/splitArguments.js';

/** Asks in one step what the job is to have: partition, time, memory, GPUs. */
export async function chooseSlurmJob(partitions: readonly string[], title: string): Promise<Machine | undefined> {
  const line = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      'Options of srun for the job: partition, time, memory, GPUs (--gpus=1). Partitions: {0}',
      partitions.join(', '),
    ),
    value: usualOptions(partitions, setting('slurm.options')).join(' '),
    ignoreFocusOut: true,
    validateInput: (text) => {
      const [first] = splitArguments(text);
      return first === undefined || first.startsWith('-')
        ? undefined
        : vscode.l10n.t('Enter options only, such as --mem=64G.');
    },
  });
  return line === undefined ? undefined : jobWith(splitArguments(line));
}
