import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import path from 'node:path';
import { linesOf } from './linesOf.js';
import type { Machine } from './machine.js';

export interface SlurmJob {
  readonly id: string;
  /** As Slurm says it, such as PENDING or RUNNING. */
  readonly state: string;
  /** Why it waits, such as Resources. */
  readonly reason: string;
}

const MOST = 100;
/** What a session needs of srun: it is one task, whose output comes at once, and without remarks of srun's own. */
const ALWAYS = ['srun', '-n1', '--unbuffered', '-Q'];

/** The partitions of the cluster that this machine belongs to, the usual one first; none without Slurm. */
export async function slurmPartitions(): Promise<string[]> {
  return partitionsIn(await linesOf('sinfo', ['-h', '-o', '%P']));
}

/** A `*` marks the usual one. */
export function partitionsIn(lines: readonly string[]): string[] {
  const names = lines.map((line) => line.trim()).filter((name) => /^[\w.-]+\*?$/.test(name));
  const usual = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  return [...new Set([...usual, ...names.filter((name) => !name.endsWith('*'))])].slice(0, MOST);
}

/** The name that a command gives to the job that it starts; undefined if that is no job of Slurm with a name. */
export function jobNameOf(command: readonly string[]): string | undefined {
  if (path.basename(command[0] ?? '') !== 'srun') return undefined;
  return command.find((word) => word.startsWith('--job-name='))?.slice('--job-name='.length);
}

/** The user's newest job of that name. */
export async function slurmJob(name: string): Promise<SlurmJob | undefined> {
  const lines = await linesOf('squeue', ['-h', `--name=${name}`, `--user=${userInfo().username}`, '-o', '%i %T %r']);
  return newestJobIn(lines);
}

export function newestJobIn(lines: readonly string[]): SlurmJob | undefined {
  const jobs = lines
    .map((line) => line.trim().split(/\s+/))
    .map(([id = '', state = '', ...reason]) => ({ id, state, reason: reason.join(' ') }));
  return jobs.toSorted((a, b) => Number(b.id) - Number(a.id))[0];
}

/** Those of the setting, and the usual partition if they name none. */
export function usualOptions(partitions: readonly string[], configured: readonly unknown[]): string[] {
  const options = configured.filter((option) => typeof option === 'string');
  const [usual] = partitions;
  if (usual === undefined || partitionIn(options) !== undefined) return options;
  return [`--partition=${usual}`, ...options];
}

/** The job has a name of its own, by which its place in the queue can be asked for. */
export function jobWith(options: readonly string[]): Machine {
  const isNamed = options.some((option) => /^(-J|--job-name)/.test(option));
  const name = isNamed ? [] : [`--job-name=extsession-${randomBytes(3).toString('hex')}`];
  const partition = partitionIn(options);
  return {
    name: partition === undefined ? 'Slurm' : `Slurm ${partition}`,
    command: [...ALWAYS, ...name, ...options],
  };
}

function partitionIn(options: readonly string[]): string | undefined {
  const at = options.findIndex((option) => /^(-p|--partition)/.test(option));
  const option = options[at];
  if (option === undefined) return undefined;
  return option === '-p' || option === '--partition' ? options[at + 1] : option.replace(/^(-p|--partition)=?/, '');
}
