import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession, type ExtResults } from '../../../src/library.js';
import { InspectorClient } from '../../support/inspectorClient.js';
import { canServeSsh, type SshServer, startSshServer } from '../../support/sshServer.js';
import { referenceOf } from '../kept/keptSessions.js';

const FUNCTION = 'function f(a: number): number {\n  const b = a + 1;\n  return b;\n}\n';
const PORTS = `
const { readFileSync, readdirSync, readlinkSync } = require('node:fs');
function ports() {
  const links = [process.pid, process.ppid].flatMap((pid) => readdirSync('/proc/' + pid + '/fd').map((fd) => {
    try { return readlinkSync('/proc/' + pid + '/fd/' + fd); } catch { return ''; }
  }));
  const rows = ['tcp', 'tcp6'].flatMap((kind) => readFileSync('/proc/net/' + kind, 'utf8').split('\\n'));
  return rows.map((row) => row.trim().split(/ +/)).filter((row) => links.includes('socket:[' + row[9] + ']')).length;
}`;

let folder: string;
let temporary: string;
let server: SshServer | undefined;
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'far-')));
  temporary = path.join(folder, 'tmp');
  for (const name of ['tmp', 'there']) mkdirSync(path.join(folder, name));
  writeFileSync(
    path.join(folder, 'there', 'helper.ts'),
    'export function help(n: number): number {\n  return n + 1;\n}\n',
  );
  if (canServeSsh) server = await startSshServer();
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

const ways = {
  env: () => ['env', `TMPDIR=${temporary}`],
  ssh: () => [...(server?.prefix ?? []), 'env', `TMPDIR=${temporary}`],
};

/** The sockets at which commands find their debuggers. */
function sockets(): string[] {
  const folders = readdirSync(temporary).filter((name) => name.startsWith('extsession-'));
  return folders.flatMap((name) => readdirSync(path.join(temporary, name)).filter((each) => /^d\w{6}$/.test(each)));
}

describe.skipIf(process.platform !== 'linux').each(['env', 'ssh'] as const)('in Node.js behind %s', (way) => {
  const here = test.skipIf(way === 'ssh' && !canServeSsh);
  /** The place there of a file of this machine, which need not be there. */
  const there = (): string => path.join(folder, 'there', 'program.ts');
  let session: ExtSession;
  beforeAll(async () => {
    if (way === 'ssh' && !canServeSsh) return;
    const cwd = path.join(folder, 'there');
    const options = { evaluator: 'javascript', interpreter: process.execPath, keepAlive: true, cwd };
    session = await ExtSession.start({ ...options, commandPrefix: ways[way]() });
    await session.execute(PORTS).wait();
  });
  afterAll(async () => {
    if (way !== 'ssh' || canServeSsh) await session.exit();
  });

  async function debug(source: string, line: number, file = there()) {
    const client = new InspectorClient();
    const results: ExtResults = session.execute(source, {
      filename: '/not/there/program.ts',
      fileThere: there(),
      debugger: await client.place(),
      onInterrupt: () => void client.interrupt(),
    });
    await client.begin(file, [line]);
    return { client, results };
  }

  here('a command stops in the file that it would be there, without a port, and leaves nothing behind', async () => {
    const { client, results } = await debug(`${FUNCTION}f(1) * 2`, 3);
    const { at, frame } = await client.stop();
    expect(at).toEqual([`f@${there()}:3`, `@${there()}:5`]);
    expect(sockets()).toHaveLength(1);
    const evaluated = await client.request('Debugger.evaluateOnCallFrame', {
      callFrameId: frame,
      expression: '[b, ports()].join()',
    });
    expect(evaluated).toMatchObject({ result: { value: '2,0' } });
    await client.request('Debugger.resume');
    expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': '4' } });
    await expect(client.event('after the end')).rejects.toThrow('closed');
  });

  here('a command stops in a module that it imports there, and an interrupt ends it', async () => {
    const helper = path.join(folder, 'there', 'helper.ts');
    const { client, results } = await debug('import { help } from "./helper.ts";\nfor (;;) help(1);', 2, helper);
    expect((await client.stop()).at[0]).toBe(`help@${helper}:2`);
    await session.interrupt();
    expect((await results.wait()).status).toBe('interrupted');
  });

  here('a command goes on without a debugger when its host goes, and is there for the next one', async () => {
    const { client, results } = await debug(`${FUNCTION}console.log('result', f(1))`, 3);
    await client.stop();
    const reference = referenceOf(session);
    await session.detach();
    session = await ExtSession.attach(reference);
    const [resumed] = session.resumed;
    await resumed?.wait({ timeoutMs: 30_000 });
    expect([results.done, resumed?.stdout]).toEqual([false, 'result 2\n']);
    expect(sockets()).toEqual([]);
  });
});
