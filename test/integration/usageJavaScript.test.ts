import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { expectNoUsageOfShort, usageOf } from '../support/usageOf.js';

const isLinux = existsSync('/proc/self/status');
const LONG = 'for (const until = performance.now() + 150; performance.now() < until;);\n';

let session: ExtSession;
beforeAll(async () => {
  session = await ExtSession.start({ evaluator: 'javascript' });
});
afterAll(async () => {
  await session.exit();
});

test('a short command has no usage', async () => {
  await expectNoUsageOfShort(session);
});

test('a command has the CPU time that Node.js measures', async () => {
  const source = `var cpu = process.cpuUsage();\n${LONG}cpu = process.cpuUsage(cpu);`;
  await usageOf(session, source); // the first time, it takes longer to compile, which counts too
  const { userMs, systemMs, wallMs } = await usageOf(session, source);
  const spent = Number(await session.evaluate('(cpu.user + cpu.system) / 1000'));
  expect(userMs + systemMs).toBeGreaterThanOrEqual(spent - 10);
  expect(userMs + systemMs).toBeLessThanOrEqual(spent + 100);
  expect(wallMs).toBeGreaterThanOrEqual(150);
});

test.runIf(isLinux)('the CPU time of child processes that have ended is included', async () => {
  const child =
    'let n = 0; for (let i = 0; i < 3e8; i++) n += i; process.stdout.write(String(process.cpuUsage().user))';
  const own = 'var own = process.cpuUsage();';
  const source = `${own} var child = require('node:child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(child)}]);
own = process.cpuUsage(own);`;
  const { userMs } = await usageOf(session, source);
  const spent = Number(await session.evaluate('(Number(child) + own.user) / 1000'));
  expect(Math.abs(userMs - spent)).toBeLessThanOrEqual(Math.max(60, 0.05 * spent)); // the child also starts and ends
});

test.runIf(isLinux)('a command has its peak and growth of memory, and the bytes that it reads and writes', async () => {
  await usageOf(session, LONG);
  const grown = await usageOf(session, `var kept = Buffer.alloc(50_000_000, 1);\n${LONG}`);
  expect(grown.growthBytes).toBeGreaterThan(45_000_000);
  expect(grown.growthBytes).toBeLessThan(70_000_000);
  expect(grown.peakBytes).toBeGreaterThan(90_000_000);
  const moved = await usageOf(
    session,
    `
require('node:fs').writeFileSync('/dev/null', kept);
{
  const fs = require('node:fs');
  const file = fs.openSync('/dev/zero');
  fs.readSync(file, kept, 0, 30_000_000);
  fs.closeSync(file);
}
${LONG}`,
  );
  expect(moved.writtenBytes).toBeGreaterThanOrEqual(50_000_000);
  expect(moved.readBytes).toBeGreaterThanOrEqual(30_000_000);
});

test.runIf(isLinux)(
  'the most memory that a child process has had is included, also while Node.js waits for it',
  async () => {
    const child = (size: number, more = ''): string =>
      `['-e', 'const all = Buffer.alloc(${String(size)}, 1); console.log(process.resourceUsage().maxRSS); ${more}']`;
    const waited = await usageOf(
      session,
      `var maximum = 1024 * require('node:child_process').execFileSync(process.execPath, ${child(400_000_000, 'setTimeout(() => all, 200)')})`,
    );
    const most = Number(await session.evaluate('maximum'));
    expect(Math.abs((waited.peakBytes ?? 0) - most)).toBeLessThan(0.05 * most);
    const less = await usageOf(
      session,
      `await new Promise((resolve) => require('node:child_process').spawn(process.execPath, ${child(300_000_000, 'setTimeout(() => all, 200)')}).on('exit', resolve))`,
    );
    expect(less.peakBytes).toBeGreaterThan(300_000_000);
    expect(less.peakBytes).toBeLessThan(most);
    expect((await usageOf(session, LONG)).peakBytes ?? 0).toBeLessThan(300_000_000);
  },
);

test.runIf(isLinux)('the memory of a child that an earlier command has started is not that of a command', async () => {
  const source = `var server = require('node:child_process').spawn(process.execPath, ['-e', 'const all = Buffer.alloc(400_000_000, 1); console.log("there"); setInterval(() => all, 1000)']);
await new Promise((resolve) => server.stdout.once('data', resolve));`;
  expect((await usageOf(session, source)).peakBytes).toBeGreaterThan(400_000_000);
  expect((await usageOf(session, LONG)).peakBytes ?? 0).toBeLessThan(400_000_000);
  await session.execute('server.kill()').wait();
});
