import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePorts } from './freePorts.js';

const programs = ['/usr/sbin/munged', '/usr/sbin/slurmctld', '/usr/sbin/slurmd', '/usr/bin/srun'];

export const canRunSlurm = process.platform === 'linux' && process.getuid?.() === 0 && programs.every(existsSync);

export interface Slurm {
  /** What its programs need to find it. */
  readonly env: Readonly<Record<string, string>>;
  /** The number of a job that holds a node. */
  allocate(): string;
  /** Cancels the jobs of a name. */
  cancel(name: string): void;
  stop(): Promise<void>;
}

/** A cluster of one node on the loopback, with keys of its own, and without cgroups. */
export async function startSlurm(): Promise<Slurm> {
  const directory = mkdtempSync(path.join(tmpdir(), 'slurm-'));
  chmodSync(directory, 0o755); // for munged, which checks it
  const at = (name: string): string => path.join(directory, name);
  for (const name of ['munge', 'state', 'spool', 'no-cgroup']) mkdirSync(at(name), { mode: 0o755 });
  const node = hostname().split('.', 1)[0] ?? 'localhost';
  writeFileSync(at('munge/key'), crypto.getRandomValues(Buffer.alloc(32)), { mode: 0o400 });
  writeFileSync(at('slurm.conf'), configuration(at, node, await freePorts(2)));
  writeFileSync(at('cgroup.conf'), `CgroupPlugin=cgroup/v1\nCgroupMountpoint=${at('no-cgroup')}\nCgroupAutomount=no\n`);
  const env = { SLURM_CONF: at('slurm.conf') };
  const run = (file: string, ...args: string[]): string =>
    execFileSync(file, args, { env: { ...process.env, ...env }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const [munged = '', slurmctld = '', slurmd = ''] = programs;
  const places = ['key-file=key', 'socket=socket', 'pid-file=pid', 'log-file=log', 'seed-file=seed'];
  run(munged, '--force', '--num-threads=2', ...places.map((it) => `--${it.replace('=', `=${at('munge')}/`)}`));
  run(slurmctld, '-f', at('slurm.conf'));
  run(slurmd, '-f', at('slurm.conf'), '-N', node);
  for (let left = 300; run('sinfo', '-h', '-o', '%t').trim() !== 'idle' && left > 0; left--) await pause(100);
  return {
    env,
    allocate: () => {
      run('salloc', '--no-shell', '-n1', '-Q', '-J', 'held');
      return run('squeue', '-h', '-n', 'held', '-o', '%i').trim();
    },
    cancel: (name) => void run('scancel', `--name=${name}`),
    async stop() {
      const pids = ['slurmd.pid', 'slurmctld.pid', 'munge/pid'].map((name) => Number(readFileSync(at(name), 'utf8')));
      for (const pid of pids) {
        process.kill(pid);
        for (let left = 300; existsSync(`/proc/${String(pid)}`) && left > 0; left--) await pause(100);
      }
      rmSync(directory, { recursive: true });
    },
  };
}

function configuration(at: (name: string) => string, node: string, [control, daemon]: readonly number[]): string {
  return `ClusterName=test
SlurmctldHost=${node}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${at('munge/socket')}
CredType=cred/munge
SlurmctldPort=${String(control)}
SlurmdPort=${String(daemon)}
SlurmctldPidFile=${at('slurmctld.pid')}
SlurmdPidFile=${at('slurmd.pid')}
SlurmdSpoolDir=${at('spool')}
StateSaveLocation=${at('state')}
SlurmctldLogFile=${at('slurmctld.log')}
SlurmdLogFile=${at('slurmd.log')}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1,batch_sched_delay=0
MpiDefault=none
ReturnToService=2
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SwitchType=switch/none
KillWait=2
InactiveLimit=0
NodeName=${node} NodeAddr=127.0.0.1 CPUs=${String(availableParallelism())} State=UNKNOWN
PartitionName=test Nodes=${node} Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:8
`;
}
