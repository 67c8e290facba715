import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLogger } from '../../../src/engine/logger.js';
import { received, sent } from '../../../src/engine/supervised/frames.js';
import { connectToSupervisor } from '../../../src/engine/supervised/supervisorConnection.js';
import { ExtSession, type ExtResults } from '../../../src/library.js';
import { inRoot, root } from '../../support/project.mjs';
import { alive, referenceOf } from '../kept/keptSessions.js';

const javascript = { evaluator: 'javascript', interpreter: process.execPath };
const kills = Number(process.env.EXTSESSION_TEST_KILLS ?? 4);
/** A way that carries 20 MB/s. */
const slowWay = [process.execPath, inRoot('test', 'fixtures', 'slowWay.mjs'), '20000000'];
const BUSY = `
const { spawn } = await import('node:child_process');
const { readFileSync } = await import('node:fs');
const child = spawn('sleep', ['600']);
const parent = (pid) => Number(readFileSync('/proc/' + pid + '/stat', 'latin1').split(')').at(-1).split(' ')[2]);
console.log([process.pid, process.ppid, parent(process.ppid), child.pid].join(' '));
for (;;);`;

let folder: string;
let temporary: string;
let prefix: string[];
const at = (name: string): string => path.join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'far-'));
  temporary = at('tmp');
  for (const name of ['tmp', 'node_modules']) mkdirSync(at(name));
  symlinkSync(root, at('node_modules/extsession'));
  cpSync(inRoot('test', 'fixtures', 'hostProcess.mjs'), at('host.mjs'));
  const says = (name: string): string[] => ['sh', '-c', `echo $$ > '${at(name)}'; exec "$@"`, 'sh'];
  prefix = [...says('relay'), ...slowWay, ...says('end'), 'env', `TMPDIR=${temporary}`];
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Of the programs behind the prefix: the one that carries what is written, or the one at its end. */
function kill(which: 'relay' | 'end', signal: NodeJS.Signals): void {
  process.kill(Number(readFileSync(at(which), 'utf8')), signal);
}

const size = (results: ExtResults): number => results.bytes('stdout').length;
const onLinux = test.skipIf(process.platform !== 'linux');

onLinux(
  `a connection to Node.js that is killed ${String(kills)} times in a flood loses and repeats no byte (EXTSESSION_TEST_KILLS)`,
  { timeout: 30_000 + kills * 10_000 },
  async () => {
    let session = await ExtSession.start({ ...javascript, commandPrefix: prefix, keepAlive: true });
    const reference = referenceOf(session);
    let flood = session.execute(`
const { existsSync, writeSync } = await import('node:fs');
let i = 0;
while (!existsSync(${JSON.stringify(at('stop'))})) {
  for (let k = 0; k < 200; k++) console.log(i++, 'x'.repeat(50));
  writeSync(2, i + '\\n');
  await new Promise((resolve) => setTimeout(resolve, 10));
}
console.log('end');`);
    const next = session.execute('console.log(i)');
    next.wait().catch(() => undefined);
    for (let done = 0; done < kills; done++) {
      const before = size(flood);
      await expect
        .poll(() => size(flood), { timeout: 30_000, interval: 5 })
        .toBeGreaterThan(before + Math.random() * 1e5);
      kill(done % 2 === 0 ? 'relay' : 'end', 'SIGKILL');
      await expect(flood.wait()).rejects.toMatchObject({ reason: 'lost' });
      session = await ExtSession.attach(reference);
      flood = session.resumed[0] ?? flood;
    }
    writeFileSync(at('stop'), '');
    const last = session.resumed[1];
    await last?.wait({ timeoutMs: 60_000 });
    const count = Number(last?.stdout);
    expect(count).toBeGreaterThan(0);
    const lines = Array.from({ length: count }, (_, i) => `${String(i)} ${'x'.repeat(50)}\n`);
    expect(flood.stdout === `${lines.join('')}end\n`).toBe(true);
    const others = Array.from({ length: count / 200 }, (_, i) => `${String((i + 1) * 200)}\n`);
    expect(flood.stderr === others.join('')).toBe(true);
    await session.exit();
    await expect.poll(() => existsSync(reference.directory), { timeout: 20_000 }).toBe(false);
  },
);

onLinux(
  'a session of Node.js is handed over, goes on without a host, restarts, and says that it has ended',
  async () => {
    const first = await ExtSession.start({ ...javascript, commandPrefix: prefix, keepAlive: true });
    const reference = referenceOf(first);
    await first.execute('let x = 42').wait();
    const second = await ExtSession.attach(reference);
    await expect.poll(() => first.state, { timeout: 20_000 }).toBe('dead');
    await expect(first.get('x')).rejects.toThrow();
    const waits = `while (!existsSync(${JSON.stringify(at('gate'))})) await new Promise((done) => setTimeout(done, 10));`;
    const later = second.execute(`const { existsSync } = await import('node:fs'); ${waits} console.log('later', x)`);
    await second.detach();
    expect(later.done).toBe(false);
    writeFileSync(at('gate'), '');

    const third = await ExtSession.attach(reference);
    await third.resumed[0]?.wait({ timeoutMs: 30_000 });
    expect(third.resumed[0]?.stdout).toBe('later 42\n');
    await third.restart();
    expect(await third.evaluate('typeof x')).toBe('undefined');
    await third.exit();
    await expect.poll(() => readdirSync(temporary), { timeout: 20_000 }).toEqual([]);
    await expect(ExtSession.attach(reference)).rejects.toMatchObject({ code: 'SESSION_GONE', reason: 'ended' });
  },
);

onLinux('a kept session of Node.js that no host comes for ends, and keeps what it has written for one', async () => {
  const session = await ExtSession.start({
    ...javascript,
    commandPrefix: prefix,
    keepAlive: true,
    keepAliveMs: 100,
    keepRunningMs: 100,
  });
  const { pid } = session;
  const running = session.execute('console.log("begun"); for (;;);');
  await expect.poll(() => running.stdout).toBe('begun\n');
  kill('end', 'SIGKILL');
  await expect.poll(() => pid !== undefined && alive(pid), { timeout: 20_000 }).toBe(false);
  const late = await ExtSession.attach(referenceOf(session));
  expect(late.resumed[0]?.stdout).toBe('begun\n');
  await late.exit();
  await expect.poll(() => readdirSync(temporary), { timeout: 20_000 }).toEqual([]);
});

onLinux('a session of Node.js answers the pulse of its host, also while a command runs', async () => {
  const commandPrefix = ['env', `TMPDIR=${temporary}`];
  const session = await ExtSession.start({ ...javascript, commandPrefix, keepAlive: true });
  const running = session.execute('console.log("begun"); for (;;);');
  await expect.poll(() => running.stdout).toBe('begun\n');
  const { directory, secret } = referenceOf(session);
  const other = await connectToSupervisor(directory, silentLogger);
  await other.attach(secret);
  const answers: number[] = [];
  other.listen(({ kind }) => answers.push(kind));
  other.send(sent.ping, null);
  await expect.poll(() => answers).toContain(received.pong);
  other.send(sent.kill, null);
  await other.closed;
  await expect.poll(() => readdirSync(temporary), { timeout: 20_000 }).toEqual([]);
});

onLinux('a start that is cancelled leaves nothing behind', async () => {
  const controller = new AbortController();
  const options = { ...javascript, commandPrefix: prefix, signal: controller.signal };
  const started = ExtSession.start(options).then(
    () => 'started',
    (error: unknown) => String(error),
  );
  await expect.poll(() => readdirSync(temporary), { timeout: 20_000, interval: 1 }).not.toEqual([]);
  controller.abort();
  expect(await started).toContain('cancelled');
  await expect.poll(() => readdirSync(temporary), { timeout: 20_000 }).toEqual([]);
});

async function expectNothingLeft(ids: readonly number[]): Promise<void> {
  expect(ids).toHaveLength(4);
  await expect.poll(() => ids.filter(alive), { timeout: 20_000 }).toEqual([]);
  await expect.poll(() => readdirSync(temporary), { timeout: 20_000 }).toEqual([]);
}

onLinux.for([
  ['its owner there', 1],
  ['the program that carries its frames', 2],
] as const)('a session of Node.js whose connection dies with %s dies with it', async ([, which]) => {
  const session = await ExtSession.start({ ...javascript, commandPrefix: ['env', `TMPDIR=${temporary}`] });
  const running = session.execute(BUSY);
  await expect.poll(() => running.stdout).toContain('\n');
  const ids = running.stdout.split(' ').map(Number);
  process.kill(ids[which] ?? 0, 'SIGKILL');
  expect((await running.wait()).status).toBe('died');
  expect(session.state).toBe('dead');
  await expectNothingLeft(ids);
});

onLinux('a host that is killed leaves nothing behind where its session of Node.js ran', async () => {
  const options = { ...javascript, commandPrefix: ['env', `TMPDIR=${temporary}`] };
  const host = spawn(process.execPath, ['host.mjs', JSON.stringify(options), BUSY], { cwd: folder });
  let ids: number[] = [];
  for await (const line of createInterface(host.stdout)) {
    if (!line.includes(' ')) continue;
    ids = line.split(' ').map(Number);
    host.kill('SIGKILL');
  }
  await expectNothingLeft(ids);
});
