import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExtSession, type ExtResults } from '../../../src/library.js';
import { inRoot } from '../../support/project.mjs';
import { testPythons } from '../../support/pythons.js';
import { referenceOf } from '../kept/keptSessions.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';
const kills = Number(process.env.EXTSESSION_TEST_KILLS ?? 4);
/** A way that carries 20 MB/s. */
const relay = [process.execPath, inRoot('test', 'fixtures', 'slowWay.mjs'), '20000000'];

let folder: string;
let prefix: string[];
const at = (name: string): string => path.join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'far-'));
  const says = (name: string): string[] => ['sh', '-c', `echo $$ > '${at(name)}'; exec "$@"`, 'sh'];
  prefix = [...says('relay'), ...relay, ...says('end'), 'env', `TMPDIR=${folder}`];
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Of the programs behind the prefix: the one that carries what is written, or the one at its end. */
function kill(which: 'relay' | 'end', signal: NodeJS.Signals): void {
  process.kill(Number(readFileSync(at(which), 'utf8')), signal);
}

const size = (results: ExtResults): number => results.bytes('stdout').length;

test.skipIf(process.platform === 'win32')(
  `a connection that is killed ${String(kills)} times in a flood loses and repeats no byte (EXTSESSION_TEST_KILLS)`,
  { timeout: 30_000 + kills * 10_000 },
  async () => {
    let session = await ExtSession.start({ interpreter, commandPrefix: prefix, keepAlive: true });
    const reference = referenceOf(session);
    let flood = session.execute(`
import os, time
i = 0
while not os.path.exists(${JSON.stringify(at('stop'))}):
    for _ in range(200):
        print(i, "x" * 50)
        i += 1
    os.write(2, b"%d\\n" % i)
    time.sleep(0.01)
print("end")`);
    const next = session.execute('print(i)');
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

test.skipIf(process.platform === 'win32')(
  'a connection that is dead without saying so is noticed, and the session goes on from another',
  { timeout: 120_000 },
  async () => {
    const session = await ExtSession.start({ interpreter, commandPrefix: prefix, keepAlive: true });
    const reference = referenceOf(session);
    await session.execute('x = 42').wait();
    kill('relay', 'SIGSTOP');
    const unanswered = session.execute('print(x)');
    await expect(unanswered.wait({ timeoutMs: 60_000 })).rejects.toMatchObject({ reason: 'lost' });
    const again = await ExtSession.attach(reference);
    await again.resumed[0]?.wait();
    expect(again.resumed[0]?.stdout).toBe('42\n');
    await again.exit();
  },
);

test.skipIf(process.platform === 'win32')(
  'a host that has said nothing for too long, as when its machine sleeps, can attach again',
  async () => {
    const cache = mkdtempSync(path.join(tmpdir(), 'cache-'));
    const options = { interpreter, commandPrefix: [...prefix, `XDG_CACHE_HOME=${cache}`], keepAlive: true };
    await (await ExtSession.start(options)).exit();
    const [digest = ''] = readdirSync(path.join(cache, 'extsession'));
    const hosts = path.join(cache, 'extsession', digest, 'supervisor', '_extsession_supervisor', 'hosts.py');
    writeFileSync(hosts, readFileSync(hosts, 'utf8').replace(/^_SILENCE = .*$/m, '_SILENCE = 2'));

    let session = await ExtSession.start(options);
    const reference = referenceOf(session);
    const source = `import os, time\nwhile not os.path.exists(${JSON.stringify(at('awake'))}): time.sleep(0.02)\n6 * 7`;
    await expect(session.execute(source).wait()).rejects.toMatchObject({ reason: 'lost' });
    writeFileSync(at('awake'), '');
    let outcome;
    while (!outcome) {
      session = await ExtSession.attach(reference);
      outcome = await session.resumed[0]?.wait().catch(() => undefined); // on a busy machine, it is silent for too long
    }
    expect(outcome).toMatchObject({ status: 'ok', result: { 'text/plain': '42' } });
    await session.exit();
    rmSync(cache, { recursive: true });
  },
);
