import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { onPath } from './browser.mjs';

export const canRunContainers =
  process.platform === 'linux' && process.getuid?.() === 0 && ['podman', 'crun', 'unshare'].every((it) => onPath([it]));
export const hasDocker = onPath(['docker']) !== undefined;

export interface Containers {
  /** What the programs need to find them. */
  readonly env: Readonly<Record<string, string>>;
  /** The name of a running one, which sees the programs of this machine, but not its other files. */
  readonly name: string;
  /** The arguments of `podman run` for another one, and what has to stand before that. */
  readonly run: readonly string[];
  stop(): Promise<void>;
}

/** On a machine with cgroups of both versions, crun needs a view of it with one. */
const withOneCgroup = [
  'unshare',
  '-m',
  'sh',
  '-c',
  'umount -R /sys/fs/cgroup 2>/dev/null; mkdir -p /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup && exec "$@"',
  'sh',
];

/** Podman's service, which Docker's client can use, too, and a container. `folder` is mounted there, read-only. */
export async function startContainers(folder: string): Promise<Containers> {
  const directory = mkdtempSync(path.join(tmpdir(), 'containers-'));
  const at = (name: string): string => path.join(directory, name);
  const env = configuration(directory);
  const socket = `unix://${at('socket')}`;
  const [unshare = '', ...words] = withOneCgroup;
  const service = spawn(unshare, [...words, 'podman', 'system', 'service', '--time', '0', socket], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let left = 300; !existsSync(at('socket')) && left > 0; left--) await pause(100);
  const podman = (...args: string[]): Buffer =>
    execFileSync('podman', ['--url', socket, ...args], { env: { ...process.env, ...env } });
  const root = rootFileSystem(at('root'), folder);
  podman('run', '-d', '--name', 'far', ...root, 'sleep', '100000');
  return {
    env: { ...env, DOCKER_HOST: socket },
    name: 'far',
    run: [...withOneCgroup, 'podman', 'run', '--rm', '-i', ...root],
    async stop() {
      podman('rm', '-f', '-t', '0', 'far');
      const exited = once(service, 'exit');
      service.kill();
      await exited;
      endProcessesOf(directory);
      rmSync(directory, { recursive: true, maxRetries: 10 });
    },
  };
}

/** Those that watch over a command in a container stay for five minutes after its end. */
function endProcessesOf(directory: string): void {
  for (const name of readdirSync('/proc').filter((it) => /^\d+$/.test(it))) {
    try {
      if (readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(directory)) process.kill(Number(name), 'SIGKILL');
    } catch {
      continue; // it has ended by itself
    }
  }
}

function configuration(directory: string): Record<string, string> {
  const at = (name: string): string => path.join(directory, name);
  writeFileSync(
    at('containers.conf'),
    `[containers]
netns = "none"
cgroups = "disabled"
log_driver = "none"
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "none"
runtime = "crun"
`,
  );
  const storage = `[storage]\ndriver = "vfs"\ngraphroot = "${at('store')}"\nrunroot = "${at('state')}"\n`;
  writeFileSync(at('storage.conf'), storage);
  return { CONTAINERS_CONF: at('containers.conf'), CONTAINERS_STORAGE_CONF: at('storage.conf') };
}

/** An empty one, in which the programs of this machine are mounted. */
function rootFileSystem(root: string, folder: string): string[] {
  for (const name of ['tmp', 'proc', 'dev', 'sys', 'run', 'etc', 'root'])
    mkdirSync(path.join(root, name), { recursive: true });
  const seen = ['/usr', '/bin', '/lib', '/lib64', folder].filter((name) => existsSync(name));
  for (const name of seen) mkdirSync(path.join(root, name), { recursive: true });
  return [...seen.flatMap((name) => ['-v', `${name}:${name}:ro`]), '--rootfs', root];
}
