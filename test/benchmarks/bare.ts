import { execFileSync, spawn } from 'node:child_process';
import { constants, mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { timed } from './measure.js';

/*
 * What the machine itself needs, with nothing of ours in between.
 */

/** Start and end of an interpreter that does nothing, in milliseconds. */
export function startPython(python: string): Promise<number> {
  return timed(async () => {
    await once(spawn(python, ['-c', '0'], { stdio: 'ignore' }), 'exit');
  });
}

/** One line there and back between Node and Python over a unix socket. */
export interface PingPong {
  /** @returns milliseconds */
  readonly trip: () => Promise<number>;
  readonly end: () => void;
}

export async function startPingPong(python: string): Promise<PingPong> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  const server = net.createServer().listen(path.join(folder, 's'));
  const program = `
import socket, sys
s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])
while True:
    data = s.recv(4096)
    if not data: break
    s.sendall(data)
`;
  const child = spawn(python, ['-c', program, path.join(folder, 's')], { stdio: 'ignore' });
  const [socket] = (await once(server, 'connection')) as [net.Socket];
  return {
    trip: () =>
      timed(async () => {
        const answered = once(socket, 'data');
        socket.write('ping\n');
        await answered;
      }),
    end: () => {
      socket.destroy();
      child.kill();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** How long Node takes to read that many bytes which Python writes to a FIFO in chunks of 64 KB, in milliseconds. */
export async function fifo(python: string, bytes: number): Promise<number> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  const file = path.join(folder, 'fifo');
  execFileSync('mkfifo', [file]);
  const program = `
import os, sys
fd = os.open(sys.argv[1], os.O_WRONLY); chunk = b"x" * 65536
for _ in range(${String(bytes / 65536)}): os.write(fd, chunk)
`;
  const child = spawn(python, ['-c', program, file], { stdio: 'ignore' });
  try {
    const fd = openSync(file, constants.O_RDONLY); // returns when Python has opened its end
    const onread = { buffer: Buffer.allocUnsafe(1 << 20), callback: () => true };
    return await timed(async () => {
      await once(new net.Socket({ fd, readable: true, onread } as net.SocketConstructorOpts), 'close');
    });
  } finally {
    child.kill();
    rmSync(folder, { recursive: true });
  }
}

/** A program whose output goes through a pipe to \`cat\`, in milliseconds, the interpreter's own start taken off. */
export async function piped(python: string, program: string): Promise<number> {
  const whole = await timed(async () => {
    await once(spawn('sh', ['-c', '"$0" -c "$1" | cat >/dev/null', python, program], { stdio: 'ignore' }), 'exit');
  });
  return whole - (await startPython(python));
}

/** From SIGINT in an endless loop to the end of an interpreter, which it ends. */
export function interruptPython(python: string): Promise<number> {
  return endBySignal(python, ['-c', 'print("in it", flush=True)\nwhile True: pass']);
}

export function interruptNode(): Promise<number> {
  return endBySignal(process.execPath, ['-e', 'console.log("in it"); for (;;);']);
}

async function endBySignal(file: string, args: readonly string[]): Promise<number> {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  return timed(async () => {
    child.kill('SIGINT');
    await once(child, 'exit');
  });
}

/** What a process occupies for itself, in megabytes: its proportional set size. */
export function memoryOf(pid: number): number {
  const rollup = readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1]) / 1024;
}

/** The memory of an interpreter that waits, in megabytes. */
export async function bareMemory(
  interpreter: string,
  args: readonly string[] = ['-c', 'print(1, flush=True); input()'],
): Promise<number> {
  const child = spawn(interpreter, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  const memory = memoryOf(child.pid ?? 0);
  child.kill();
  return memory;
}

/** What a process holds. */
export function resourcesOf(pid: string): { descriptors: number; megabytes: number } {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return { descriptors: readdirSync(`/proc/${pid}/fd`).length, megabytes: (pages * 4096) / 2 ** 20 };
}
