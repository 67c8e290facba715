import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExtSessionOptions } from '../../src/library.js';
import { dist, inRoot, root } from '../support/project.mjs';
import { awaitingPythons, testPythons } from '../support/pythons.js';
import { canReusePids, strangerWith } from '../support/reusePid.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';
const startScript = inRoot('src', 'evaluators', 'python', 'worker', 'start.py');
const KILLS = 8;

const PATIENT = { timeout: 180_000 };

const HOLDS_MUCH = `
import os, subprocess, threading, time
child = subprocess.Popen(["sleep", "600"])
threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
print(child.pid, flush=True)
while True: pass
`;
/** What fills any pipe. */
const MUCH = 3_000_000;
const PYTHON = {
  prepare: `
import atexit, subprocess
out = open(FILE, "a")
out.write("before, ")
def end():
    print("x" * ${String(MUCH)})
    out.flush()
    subprocess.run(["sh", "-c", "head -c ${String(MUCH)} /dev/zero; sleep 0.5; printf child, >> " + out.name])
    out.write(" at exit")
atexit.register(end)`,
  ready: 'print("ready", flush=True)',
  doing: {
    'is idle': '',
    'runs a loop': 'while True: pass',
    'prints a flood': 'while True: print("y")',
    'waits for a program': 'subprocess.run(["sleep", "600"])',
    'asks for input': 'input()',
    'awaits something': 'import asyncio\nawait asyncio.sleep(600)',
  },
  stuck:
    'import time\nout.close()\nout = open(out.name, "w")\nout.write("stuck")\nout.flush()\natexit.register(time.sleep, 600)',
};
const JAVASCRIPT = {
  prepare: `
const fs = require('fs'), { execFileSync } = require('child_process');
fs.writeFileSync(FILE, 'before, ');
process.on('exit', () => {
  console.log('x'.repeat(${String(MUCH)}));
  execFileSync('sh', ['-c', 'head -c ${String(MUCH)} /dev/zero; sleep 0.5; printf child, >> ' + FILE], { stdio: 'inherit' });
  fs.appendFileSync(FILE, ' at exit');
});`,
  ready: "console.log('ready');",
  doing: {
    'is idle': '',
    'runs a loop': 'while (true);',
    'prints a flood': 'while (true) console.log("y");',
    'waits for a program': "execFileSync('sleep', ['600']);",
    'asks for input': 'await input();',
    'awaits something': 'await new Promise(() => undefined);',
  },
  stuck: `fs.writeFileSync(FILE, 'stuck'); process.prependListener('exit', () => { while (true); });`,
};

/** A folder with the library installed, and one for temporary files that only the hosts of this test use. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hosts-'));
  mkdirSync(path.join(folder, 'tmp'));
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(root, path.join(folder, 'node_modules', 'extsession'));
  cpSync(inRoot('test', 'fixtures', 'hostProcess.mjs'), path.join(folder, 'host.mjs'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test(`a host that is killed leaves no process and no file behind, ${String(KILLS)} times`, PATIENT, async () => {
  expect(readdirSync(dist)).toContain('engine');
  const seen = new Set<number>();
  for (let count = 0; count < KILLS; count++) await killHost(count, seen);
  await expect.poll(() => [...seen].filter(isAlive), { timeout: 10_000 }).toEqual([]);
  await expect.poll(temporaryFiles, { timeout: 10_000 }).toEqual([]);
  expect(seen.size).toBeGreaterThan(KILLS / 4);
});

test.skipIf(process.platform !== 'linux')(
  'a host that is killed takes an evaluator that does not react with it, and its children',
  async () => {
    const stops = `${STARTS_CHILD}\nimport os, signal\nos.kill(os.getpid(), signal.SIGSTOP)`;
    const host = startHost(stops);
    const ids: number[] = [];
    for await (const line of createInterface(host.stdout)) {
      ids.push(Number(line));
      if (ids.length < 2) continue;
      await expect.poll(() => readFileSync(`/proc/${String(ids[0])}/stat`, 'utf8')).toContain(') T ');
      host.kill('SIGKILL');
    }
    expect(ids).toHaveLength(2);
    await expect.poll(() => ids.filter(isAlive), { timeout: 10_000 }).toEqual([]);
  },
);

test.skipIf(!canReusePids)(
  'a host that is killed after its evaluator lets a stranger live that has its number',
  async () => {
    const host = startHost('import os; os.kill(os.getpid(), 9)');
    const exited = once(host, 'exit');
    const lines = createInterface(host.stdout);
    const [pid] = (await once(lines, 'line')).map(Number);
    await expect.poll(() => isAlive(pid ?? 0), { timeout: 10_000 }).toBe(false);
    const stranger = strangerWith(pid ?? 0);
    const end = once(stranger, 'exit');
    host.kill('SIGKILL');
    await exited;
    await expect.poll(temporaryFiles, { timeout: 10_000 }).toEqual([]);
    stranger.kill('SIGINT');
    expect(await end).toEqual([null, 'SIGINT']);
  },
);

test('a host that is killed after its evaluator takes the evaluator’s children with it', async () => {
  const host = startHost(`${STARTS_CHILD}\nimport os; os.kill(os.getpid(), 9)`);
  const ids: number[] = [];
  for await (const line of createInterface(host.stdout)) {
    ids.push(Number(line));
    if (ids.length < 2) continue;
    await expect.poll(() => ids.map(isAlive), { timeout: 10_000 }).toEqual([false, true]);
    host.kill('SIGKILL');
  }
  expect(ids).toHaveLength(2);
  await expect.poll(() => ids.filter(isAlive), { timeout: 10_000 }).toEqual([]);
});

test('a host that is killed while its session is idle leaves no child of an earlier command', PATIENT, async () => {
  const ids: number[] = [];
  for (let count = 0; count < 5; count++) {
    const host = startHost(STARTS_CHILD);
    let printed = 0;
    for await (const line of createInterface(host.stdout)) {
      ids.push(Number(line));
      if (++printed === 2) setTimeout(() => host.kill('SIGKILL'), 20 * count);
    }
    expect(printed).toBe(2);
  }
  await expect.poll(() => ids.filter(isAlive), { timeout: 10_000 }).toEqual([]);
});

describe.each([
  ...awaitingPythons().map(({ version, executable }) => ({
    what: `Python ${version}`,
    options: { interpreter: executable },
    ...PYTHON,
  })),
  { what: 'JavaScript', options: { evaluator: 'javascript' }, ...JAVASCRIPT },
])('when a host is killed, its session in $what ends in order', ({ options, prepare, ready, doing, stuck }) => {
  let count = 0;

  /** What the session has written when it has ended. */
  async function written(source: string): Promise<string> {
    const file = path.join(folder, `written${String(count++)}`);
    const host = startHost(source.replaceAll('FILE', JSON.stringify(file)), options);
    const ids: number[] = [];
    for await (const line of createInterface(host.stdout)) {
      if (ids.length === 0) ids.push(Number(line));
      if (line !== 'ready') continue;
      ids.push(0);
      host.kill('SIGKILL');
    }
    expect(ids).toHaveLength(2);
    await expect.poll(() => isAlive(ids[0] ?? 0), { timeout: 20_000 }).toBe(false);
    return readFileSync(file, 'utf8');
  }

  test.each(Object.entries(doing))(
    'while it %s: exit handlers run, print and start programs, and files are written',
    async (_what, source) => {
      expect(await written(`${prepare}\n${ready}\n${source}`)).toBe('before, child, at exit');
    },
  );

  test('in a bounded time: a handler that does not return is ended with the process', async () => {
    expect(await written(`${prepare}\n${stuck}\n${ready}`)).toBe('stuck');
    await expect.poll(temporaryFiles, { timeout: 20_000 }).toEqual([]);
  });
});

test('a host that goes while its evaluator starts leaves no folder behind', async () => {
  const place = path.join(folder, 'tmp', 'extsession-goes');
  mkdirSync(place);
  const server = createServer().listen(path.join(place, 'c'));
  await once(server, 'listening');
  // It waits with its first FIFO until the folder is gone: the host's, and whoever cleans up after it.
  const pause = `
import os, time
def mkfifo(path, mode, make=os.mkfifo, gone=[]):
    while not gone:
        gone += [True] * (not os.path.exists(os.path.dirname(path)))
        time.sleep(0.001)
    make(path, mode)
os.mkfifo = mkfifo
`;
  writeFileSync(path.join(folder, 'sitecustomize.py'), pause);
  const evaluator = spawn(interpreter, [startScript, path.join(place, 'c')], {
    env: { ...process.env, PYTHONPATH: folder, EXTSESSION_TOKEN: 'token', EXTSESSION_MARKER: 'marker' },
    stdio: 'ignore',
  });
  const exited = once(evaluator, 'exit');
  const connections = [await connection(server), await connection(server)];
  for (const socket of connections) socket.destroy();
  server.close();
  rmSync(place, { recursive: true });
  await exited;
  expect(temporaryFiles()).toEqual([]);
});

test('files that somebody makes in the folder while it is removed go too', async () => {
  const host = startHost(BUSY_FOLDER);
  for await (const line of createInterface(host.stdout)) if (line === 'busy') host.kill('SIGKILL');
  await expect.poll(temporaryFiles, { timeout: 10_000 }).toEqual([]);
});

const STARTS_CHILD = `
import subprocess
print(subprocess.Popen(["sleep", "600"]).pid, flush=True)
`;

/**
 * A command that has a process out of the session's reach fill its folder, as long as there is one, for a second at
 * most.
 */
const BUSY_FOLDER = `
import os, subprocess, sys
folder = os.path.dirname(os.readlink("/proc/self/fd/1"))
busy = """
import sys, time
end = time.monotonic() + 1
number = 0
while time.monotonic() < end:
    number += 1
    try: open("%s/%d" % (sys.argv[1], number), "w").close()
    except OSError: break
"""
nowhere = subprocess.DEVNULL
subprocess.Popen([sys.executable, "-c", busy, folder], start_new_session=True, stdout=nowhere, stderr=nowhere)
while len(os.listdir(folder)) < 20: pass
print("busy", flush=True)
`;

/**
 * Starts a host and kills it: some while they start, at moments that are spread evenly, others once their command runs.
 */
async function killHost(count: number, seen: Set<number>): Promise<void> {
  const host = startHost();
  const exited = once(host, 'exit');
  const lines = createInterface(host.stdout);
  let printed = 0;
  lines.on('line', (line) => {
    seen.add(Number(line));
    if (++printed === 2) host.kill('SIGKILL');
  });
  const timer = count % 2 === 0 ? setTimeout(() => host.kill('SIGKILL'), (count / KILLS) * 400) : undefined;
  await exited;
  clearTimeout(timer);
}

/** A process that owns a session and runs a source in it, or what it runs of its own. */
function startHost(source = HOLDS_MUCH, options: ExtSessionOptions = { interpreter }) {
  return spawn(process.execPath, [path.join(folder, 'host.mjs'), JSON.stringify(options), source], {
    env: { ...process.env, TMPDIR: path.join(folder, 'tmp') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function connection(server: Server): Promise<Socket> {
  const [socket] = (await once(server, 'connection')) as [Socket];
  return socket;
}

function temporaryFiles(): string[] {
  return readdirSync(path.join(folder, 'tmp'), { recursive: true, encoding: 'utf8' });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
