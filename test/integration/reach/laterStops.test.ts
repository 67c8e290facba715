import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLogger } from '../../../src/engine/logger.js';
import { KeptSessions } from '../../../src/host/sessions/kept/keptSessions.js';
import { LaterStops } from '../../../src/host/sessions/kept/laterStops.js';
import { ExtSession } from '../../../src/library.js';
import { testPythons } from '../../support/pythons.js';
import { referenceOf } from '../kept/keptSessions.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'far-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.skipIf(process.platform === 'win32')(
  'a session that could not be reached to stop it is stopped by a later window when its machine answers',
  async () => {
    const answers = path.join(folder, 'answers');
    const script = `test -e '${answers}' || { echo "No route to host" >&2; exit 255; }; exec "$@"`;
    const commandPrefix = ['sh', '-c', script, 'sh', 'env', `TMPDIR=${folder}`];
    writeFileSync(answers, '');
    const session = await ExtSession.start({ interpreter, commandPrefix, keepAlive: true });
    const reference = referenceOf(session);
    await session.detach();
    rmSync(answers);

    const kept = (): KeptSessions => new KeptSessions(path.join(folder, 'kept'), { key: 'a', name: 'A' }, silentLogger);
    const launch = { interpreter: { path: interpreter, env: {} }, cwd: '/', reload: 'all', startup: {} } as const;
    kept().stopLater({ reference, launch, uri: undefined, title: 'far', keepAliveMs: 600_000 });
    let attempts = 0;
    const attach = (known: typeof reference): Promise<ExtSession> => {
      attempts++;
      return ExtSession.attach(known);
    };
    const next = kept();
    const stops = new LaterStops({ kept: next, attach, isTrusted: () => true, log: silentLogger, pausesMs: [20] });
    await expect.poll(() => attempts, { timeout: 20_000 }).toBeGreaterThan(2);
    expect([next.toBeStopped().length, existsSync(reference.directory)]).toEqual([1, true]);
    writeFileSync(answers, '');
    await expect.poll(() => next.toBeStopped().length, { timeout: 20_000 }).toBe(0);
    await expect.poll(() => existsSync(reference.directory), { timeout: 20_000 }).toBe(false);
    stops.dispose();
  },
);
