import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExtSession, type ExtSessionOptions, type SessionReference } from '../../../src/library.js';
import { testPythons } from '../../support/pythons.js';
import { newGate, referenceOf } from '../kept/keptSessions.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';
const LINES = 3000;
const slowly = (gate: string): string => `
import os, time
for i in range(${String(LINES)}):
    print(i)
    if i % 100 == 0: time.sleep(0.03)
while not os.path.exists(${JSON.stringify(gate)}): time.sleep(0.01)
print("end")`;
const ALL = `${Array.from({ length: LINES }, (_, i) => `${String(i)}\n`).join('')}end\n`;

let temporary: string;
let options: ExtSessionOptions;
beforeAll(() => {
  temporary = mkdtempSync(path.join(tmpdir(), 'far-'));
  options = { interpreter, commandPrefix: ['env', `TMPDIR=${temporary}`], keepAlive: true };
});
afterAll(() => {
  rmSync(temporary, { recursive: true });
});

/** The program that carries the session's frames, which the host has started. */
async function carrierOf(session: ExtSession): Promise<number> {
  const source = `int(next(p for p in __import__("os").listdir("/proc") if p.isdigit() and relays(p)))`;
  await session
    .execute(
      `def relays(p):
    try:
        found = open(f"/proc/{p}/cmdline").read()
        mine = open(f"/proc/{p}/environ").read()
        return "-ISqi" in found and ${JSON.stringify(temporary)} in mine and int(p) != __import__("os").getppid()
    except OSError:
        return False`,
    )
    .wait();
  return Number(await session.evaluate(source));
}

test.skipIf(process.platform !== 'linux')(
  'a session on another machine goes on without its host and without its connection, and no byte is lost',
  { timeout: 120_000 },
  async () => {
    const session = await ExtSession.start(options);
    const carrier = await carrierOf(session);
    const [first, second] = [newGate(), newGate()];
    const cut = session.execute(slowly(first.file));
    const next = session.execute('x = 42; print("next")');
    await expect.poll(() => cut.stdout.length, { timeout: 20_000 }).toBeGreaterThan(100);
    const reference = JSON.parse(JSON.stringify(referenceOf(session))) as SessionReference;
    process.kill(carrier, 'SIGKILL');
    await expect(next.wait()).rejects.toMatchObject({ code: 'SESSION_DETACHED', reason: 'lost' });
    expect(session.state).toBe('dead');

    first.open();
    const again = await ExtSession.attach(reference);
    const [whole, queued] = again.resumed;
    await queued?.wait({ timeoutMs: 30_000 });
    expect([whole?.stdout === ALL, queued?.stdout]).toEqual([true, 'next\n']);
    expect(await again.get('x')).toBe(42);

    const third = await ExtSession.attach(reference);
    await expect.poll(() => again.state, { timeout: 20_000 }).toBe('dead');
    await expect(again.get('x')).rejects.toThrow();
    const waits = `while not os.path.exists(${JSON.stringify(second.file)}): time.sleep(0.01)`;
    const later = third.execute(`${waits}\nprint("later")`);
    await third.detach();
    expect(later.done).toBe(false);
    second.open();

    const fourth = await ExtSession.attach(reference);
    await fourth.resumed[0]?.wait({ timeoutMs: 30_000 });
    expect(fourth.resumed[0]?.stdout).toBe('later\n');
    await fourth.restart();
    expect(await fourth.evaluate('"x" in globals()')).toBe(false);
    expect(referenceOf(fourth).directory).not.toBe(reference.directory);
    await fourth.exit();
    await expect.poll(() => readdirSync(temporary), { timeout: 20_000 }).toEqual([]);
    await expect(ExtSession.attach(reference)).rejects.toMatchObject({ code: 'SESSION_GONE', reason: 'ended' });
    const away = { ...reference, commandPrefix: ['sh', '-c', 'echo "No route to host" >&2; exit 255'] };
    await expect(ExtSession.attach(away)).rejects.toMatchObject({ reason: 'unreachable' });
  },
);
