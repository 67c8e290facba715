import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { configuredMachines } from '../../host/machines/configuredMachines.js';
import type { Machine } from '../../host/machines/machine.js';
import { runningContainers } from '../../host/machines/runningContainers.js';
import { runningPods } from '../../host/machines/runningPods.js';
import { slurmPartitions } from '../../host/machines/slurm.js';
import { sshHosts } from '../../host/machines/sshHosts.js';
import { readTextFile } from '../../host/readTextFile.js';
import type { CommandContext } from '../commandContext.js';
import { splitArguments } from '../running/splitArguments.js';
import { chooseSlurmJob } from './chooseSlurmJob.js';
import { recentMachines } from './recentMachines.js';

const MOST_BYTES = 1_000_000;

interface Choice extends vscode.QuickPickItem {
  readonly choose: () => Promise<Machine | undefined>;
}

/**
 * A machine of the settings, of ssh's configuration, a running container or pod, a job on a cluster, or wherever a
 * command of the user leads.
 */
export async function chooseMachine({ memory, log }: CommandContext, title: string): Promise<Machine | undefined> {
  const options = {
    title,
    placeHolder: vscode.l10n.t('Where should the session run?'),
    matchOnDescription: true,
    matchOnDetail: true,
  };
  const chosen = await vscode.window.showQuickPick(choices(recentMachines(memory), log, title), options);
  return chosen?.choose();
}

async function choices(recent: readonly Machine[], log: CommandContext['log'], title: string): Promise<Choice[]> {
  const [hosts, containers, pods, partitions] = await Promise.all([
    hostsOfUser(),
    runningContainers(),
    runningPods(),
    slurmPartitions(),
  ]);
  const named = containers.map(({ program, name, image }) => ({
    machine: { name, command: [program, 'exec', '-i', name] },
    detail: image,
  }));
  const reached = pods.map(({ name, namespace, image }) => ({
    machine: { name, command: ['kubectl', 'exec', '-i', '-n', namespace, name, '--'] },
    detail: image,
  }));
  return [
    ...group(
      vscode.l10n.t('Recently used'),
      'history',
      recent.map((machine) => ({ machine })),
    ),
    separator(''),
    { label: vscode.l10n.t('$(terminal) Enter a Command…'), choose: () => enterCommand() },
    ...group(
      vscode.l10n.t('Settings'),
      'settings-gear',
      configuredMachines(log).map((machine) => ({ machine })),
    ),
    ...jobs(partitions, title),
    ...group(vscode.l10n.t('Containers'), 'package', named),
    ...group('Kubernetes', 'package', reached),
    ...group(
      'SSH',
      'remote',
      hosts.map((name) => ({ machine: { name, command: ['ssh', name] } })),
    ),
  ];
}

/** A job on the cluster that this machine belongs to, if it does. */
function jobs(partitions: readonly string[], title: string): Choice[] {
  if (partitions.length === 0) return [];
  return [
    separator('Slurm'),
    {
      label: vscode.l10n.t('$(server) Start a Job…'),
      description: partitions.join(' '),
      choose: () => chooseSlurmJob(partitions, title),
    },
  ];
}

function separator(label: string): Choice {
  return { label, kind: vscode.QuickPickItemKind.Separator, choose: () => Promise.resolve(undefined) };
}

function group(
  label: string,
  icon: string,
  entries: readonly { readonly machine: Machine; readonly detail?: string }[],
): Choice[] {
  if (entries.length === 0) return [];
  const items = entries.map(({ machine, detail }) => ({
    label: `$(${icon}) ${machine.name}`,
    description: machine.command.join(' '),
    ...(detail ? { detail } : {}),
    choose: () => Promise.resolve(machine),
  }));
  return [separator(label), ...items];
}

async function hostsOfUser(): Promise<string[]> {
  try {
    return sshHosts(await readTextFile(path.join(homedir(), '.ssh', 'config'), MOST_BYTES));
  } catch {
    return []; // most users have none, and ssh itself tells of one that it cannot read
  }
}

async function enterCommand(): Promise<Machine | undefined> {
  const line = await vscode.window.showInputBox({
    title: vscode.l10n.t('Connect to Another Machine'),
    prompt: vscode.l10n.t('The command in front of the interpreter, such as: ssh node7'),
    placeHolder: 'srun -n1 --unbuffered -Q',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Enter a command.') : undefined),
  });
  const command = splitArguments(line ?? '');
  return command.length === 0 ? undefined : { name: nameOf(command), command };
}

/** The last word that is no option, which mostly says where it is. */
function nameOf(command: readonly string[]): string {
  return command.findLast((word) => !word.startsWith('-')) ?? command.join(' ');
}
