import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { freePorts } from './freePorts.js';

const SSHD = '/usr/sbin/sshd';

export const canServeSsh = existsSync(SSHD) && existsSync('/usr/bin/ssh');

export interface SshServer {
  /** What leads to it. */
  readonly prefix: readonly string[];
  stop(): Promise<void>;
}

/** A server of its own on the loopback, whose keys and configuration are in a temporary folder. */
export async function startSshServer(): Promise<SshServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ssh-'));
  const at = (name: string): string => path.join(folder, name);
  for (const key of ['host', 'user']) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(key)]);
  copyFileSync(at('user.pub'), at('authorized'));
  const [port = 0] = await freePorts(1);
  writeFileSync(at('server'), serverConfiguration(at, port));
  writeFileSync(at('client'), clientConfiguration(at, port));
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const server = spawn(SSHD, ['-D', '-e', '-f', at('server')], { stdio: ['ignore', 'ignore', 'pipe'] });
  await listening(server.stderr);
  return {
    prefix: ['ssh', '-F', at('client'), 'far'],
    async stop() {
      const exited = once(server, 'exit');
      server.kill();
      await exited;
      rmSync(folder, { recursive: true });
    },
  };
}

async function listening(stderr: NodeJS.ReadableStream): Promise<void> {
  let said = '';
  for await (const chunk of stderr) {
    said += String(chunk);
    if (said.includes('Server listening')) {
      stderr.resume();
      return;
    }
  }
  throw new Error(`The ssh server did not start: ${said}`);
}

function serverConfiguration(at: (name: string) => string, port: number): string {
  return `Port ${String(port)}
ListenAddress 127.0.0.1
HostKey ${at('host')}
PidFile none
AuthorizedKeysFile ${at('authorized')}
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
UseDNS no
SetEnv SHLVL=2
`;
}

function clientConfiguration(at: (name: string) => string, port: number): string {
  return `Host far
  HostName 127.0.0.1
  Port ${String(port)}
  User ${userInfo().username}
  IdentityFile ${at('user')}
  IdentitiesOnly yes
  UserKnownHostsFile ${at('known')}
  StrictHostKeyChecking accept-new
  BatchMode yes
  LogLevel ERROR
`;
}
