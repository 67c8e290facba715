import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { DebugClient } from '../support/debugClient.js';
import { debugpyFolder, debugpyOwner } from '../support/debugpy.js';
import { testPythons } from '../support/pythons.js';

const libs = debugpyFolder ?? '';

describe.skipIf(!debugpyFolder).each(testPythons())('in Python $version', ({ executable }) => {
  let session: ExtSession;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'debugging-'));
    session = await ExtSession.start({ interpreter: executable });
  });
  afterAll(async () => {
    await session.exit();
    rmSync(folder, { recursive: true });
  });

  test('a command whose window is gone does not pause, and goes on', async () => {
    const nobody = { address: path.join(folder, 'nobody'), token: '', folders: [libs], onBreakpoint: false } as const;
    const results = session.execute('print("begun")\nwhile True: pass', { debugger: nobody });
    await expect.poll(() => results.stdout).toBe('begun\n');
    expect(await session.pause()).toBe('impossible');
    await session.interrupt();
    expect((await results.wait()).status).toBe('interrupted');
  });

  test('breakpoint() asks in the panel if the debugger is not there', async () => {
    const nobody = { address: path.join(folder, 'nobody'), token: '', folders: [], onBreakpoint: true } as const;
    const asking = await ExtSession.start({ interpreter: executable, onInput: () => Promise.resolve('c') });
    const results = asking.execute('breakpoint()\n1', { debugger: nobody });
    expect((await results.wait()).status).toBe('ok');
    expect(results.stdout).toContain('(Pdb) ');
    expect(await asking.evaluate('__import__("sys").breakpointhook is __import__("sys").__breakpointhook__')).toBe(
      true,
    );
    await asking.exit();
  });

  test('a command that has no debugger does not run', async () => {
    const client = new DebugClient([]);
    const [place, empty] = [await client.place(), path.join(folder, 'empty')];
    mkdirSync(empty);
    await session.execute('ran = False').wait();
    const wrong = session.execute('ran = True', { debugger: { ...place, folders: [libs], token: 'x'.repeat(64) } });
    expect(await wrong.wait()).toMatchObject({ status: 'error', error: { name: 'DebuggerError' } });
    const none = session.execute('ran = True', { debugger: { ...place, folders: [empty] } });
    if (debugpyOwner === executable) await session.interrupt(); // it has debugpy of its own
    else expect(await none.wait()).toMatchObject({ error: { name: 'DebuggerNotFoundError' } });
    expect(await session.get('ran')).toBe(false);
    client.close();
  });
});
