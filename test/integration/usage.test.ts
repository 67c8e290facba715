import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';
import { expectNoUsageOfShort, usageOf } from '../support/usageOf.js';

const tellsOfMemory = existsSync('/proc/self/status');
const LONG = 'import time\nuntil = time.monotonic() + 0.15\nwhile time.monotonic() < until: pass\n';

describe.each(testPythons())('a command in Python $version', ({ executable }) => {
  let session: ExtSession;
  beforeAll(async () => {
    session = await ExtSession.start({ interpreter: executable });
  });
  afterAll(async () => {
    await session.exit();
  });

  test('that is short has no usage', async () => {
    await expectNoUsageOfShort(session);
  });

  test('has the CPU time that Python measures, that of child processes included', async () => {
    const measured = 'import os\nbefore = os.times()\n';
    const child = 'import subprocess, sys\nsubprocess.run([sys.executable, "-c", "sum(range(10_000_000))"])\n';
    const { userMs, systemMs } = await usageOf(session, `${measured}${LONG}${child}after = os.times()`);
    const spent = await session.evaluate('1000 * (sum(after[:4]) - sum(before[:4]))');
    expect(Math.abs(userMs + systemMs - Number(spent))).toBeLessThanOrEqual(Math.max(40, 0.05 * Number(spent)));
    expect(Number(spent)).toBeGreaterThan(100);
  });

  test.runIf(tellsOfMemory)(
    'has its peak and its growth of memory, and the bytes that it reads and writes',
    async () => {
      await usageOf(session, LONG);
      const grown = await usageOf(session, `kept = bytearray(50_000_000)\nsize = len(bytearray(100_000_000))\n${LONG}`);
      expect(grown.growthBytes).toBeGreaterThan(47_000_000);
      expect(grown.growthBytes).toBeLessThan(60_000_000);
      expect((grown.peakBytes ?? 0) - (grown.growthBytes ?? 0)).toBeGreaterThan(95_000_000);
      const child =
        'import subprocess, sys\nsubprocess.run([sys.executable, "-c", "len(bytes(range(256)) * 1_600_000)"])';
      const { peakBytes = 0 } = await usageOf(session, child);
      expect(peakBytes).toBeGreaterThan(400_000_000);
      expect(peakBytes).toBeLessThan(450_000_000);
      expect(await usageOf(session, child.replace('1_600', '600'))).not.toHaveProperty('peakBytes');
      const moved = await usageOf(
        session,
        `
import os
with open(os.devnull, "wb") as file: file.write(kept)
with open("/dev/zero", "rb", buffering=0) as file: part = len(file.read(30_000_000))
del kept
${LONG}`,
      );
      expect(moved.writtenBytes).toBeGreaterThanOrEqual(50_000_000);
      expect(moved.readBytes).toBeGreaterThanOrEqual(30_000_000);
      expect(moved.growthBytes).toBeLessThan(-40_000_000);
      expect(await usageOf(session, LONG)).not.toHaveProperty('peakBytes'); // an earlier command has had more
    },
  );
});

test('a system whose process times do not tell the elapsed time, such as Windows, has usage', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-'));
  const without = 'import os\nplain = os.times\nos.times = lambda: os.times_result((*plain()[:4], 0.0))';
  writeFileSync(path.join(folder, 'sitecustomize.py'), without);
  const session = await ExtSession.start({ env: { ...process.env, PYTHONPATH: folder } });
  expect(await session.execute(LONG).wait()).toMatchObject({ usage: { userMs: expect.any(Number) as number } });
  await session.exit();
  rmSync(folder, { recursive: true });
});
