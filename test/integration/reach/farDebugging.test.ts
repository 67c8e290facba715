import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession, type ExtResults, type Outcome } from '../../../src/library.js';
import { DebugClient } from '../../support/debugClient.js';
import { debugpyFolder, debugpyOwner } from '../../support/debugpy.js';
import { testPythons } from '../../support/pythons.js';
import { canServeSsh, type SshServer, startSshServer } from '../../support/sshServer.js';
import { referenceOf } from '../kept/keptSessions.js';

const libs = debugpyFolder ?? '';
/** A file of this machine, which the other one does not have. */
const file = '/not/there/program.py';
const FUNCTION = 'def f(a):\n    b = a + 1\n    return b\n';

/** What the process is connected to, and which ports it and its supervisor have. */
const CONNECTIONS = `
def _ports():
    import os, socket
    links = []
    for pid in (os.getpid(), os.getppid()):
        for fd in os.listdir("/proc/%d/fd" % pid):
            try: links.append(os.readlink("/proc/%d/fd/%s" % (pid, fd)))
            except OSError: pass
    rows = [line.split() for kind in ("tcp", "tcp6") for line in open("/proc/net/" + kind)]
    return [row[1] for row in rows if "socket:[%s]" % row[9] in links]
def _peers():
    import os, socket
    found = []
    for fd in os.listdir("/proc/self/fd"):
        try:
            with socket.socket(fileno=os.dup(int(fd))) as each: found.append(os.path.basename(each.getpeername()))
        except (OSError, TypeError): pass
    return found`;

let temporary: string;
let server: SshServer | undefined;
beforeAll(async () => {
  temporary = mkdtempSync(path.join(tmpdir(), 'far-'));
  if (canServeSsh) server = await startSshServer();
});
afterAll(async () => {
  await server?.stop();
  rmSync(temporary, { recursive: true });
});

const ways = {
  env: (): readonly string[] => ['env', `TMPDIR=${temporary}`],
  ssh: (): readonly string[] => [...(server?.prefix ?? []), 'env', `TMPDIR=${temporary}`],
};

/** The sockets at which commands find their debuggers. */
function sockets(): string[] {
  const folders = readdirSync(temporary).filter((name) => name.startsWith('extsession-'));
  return folders.flatMap((name) => readdirSync(path.join(temporary, name)).filter((each) => /^d\w{6}$/.test(each)));
}

/** debugpy of today needs a newer one. */
const pythons = testPythons().filter(({ version }) => !version.startsWith('3.7.'));

describe.skipIf(!debugpyFolder || process.platform !== 'linux').each(pythons)(
  'in Python $version',
  ({ executable: interpreter }) => {
    describe.each(['env', 'ssh'] as const)('a session behind %s', (way) => {
      let session: ExtSession;
      /** What came of a command before its interpreter had a debugger. */
      let missing: Outcome;
      beforeAll(async () => {
        if (way === 'ssh' && !canServeSsh) return;
        session = await ExtSession.start({ interpreter, commandPrefix: ways[way](), keepAlive: true });
        const here = new DebugClient([libs]); // whose folders do not count there
        missing = await session.execute('1', { debugger: await here.place() }).wait();
        here.close();
        await session.execute(`import sys\nsys.path.append(${JSON.stringify(libs)})${CONNECTIONS}`).wait();
      });
      afterAll(() => session.exit());

      async function debug(source: string, line: number): Promise<{ client: DebugClient; results: ExtResults }> {
        const client = new DebugClient([]);
        const results = session.execute(source, { filename: file, debugger: await client.place() });
        await client.begin({ [file]: [{ line }] });
        return { client, results };
      }

      test.skipIf(way === 'ssh' && !canServeSsh)(
        'stops at a breakpoint, without a port there, and leaves nothing behind',
        async () => {
          if (interpreter !== debugpyOwner)
            expect(missing).toMatchObject({ status: 'error', error: { name: 'DebuggerNotFoundError' } });
          const { client, results } = await debug(`${FUNCTION}y = f(1)\ny * 2`, 3);
          const { at, frame, threadId } = await client.stop();
          expect(at).toEqual(['f:3', '<module>:4']);
          const evaluated = await client.request('evaluate', { frameId: frame, expression: '(b, _ports())' });
          expect(evaluated.result).toBe('(2, [])');
          const peers = await client.request('evaluate', { frameId: frame, expression: 'str(_peers())' });
          expect(peers.result).toContain(sockets()[0] ?? 'no socket');
          await client.request('continue', { threadId });
          expect(await results.wait()).toMatchObject({ status: 'ok', result: { 'text/plain': '4' } });
          await expect(client.event('after the end')).rejects.toThrow('closed');
          expect(await session.evaluate('_peers()')).not.toContain(sockets()[0]);
          expect(await session.evaluate('sys.gettrace() is None')).toBe(true);
        },
      );

      test.skipIf(way === 'ssh' && !canServeSsh)(
        'shows the files of commands as those of the host, and has the text of others',
        async () => {
          await session.execute('def g(call):\n    return call()', { filename: '/not/there/either.py' }).wait();
          const source = 'import textwrap\ng(lambda: textwrap.indent("a", "", lambda line:\n    1))';
          const client = new DebugClient([]);
          const results = session.execute(source, { filename: file, debugger: await client.place() });
          await client.begin({ [file]: [{ line: 3 }] }, { justMyCode: false });
          const { threadId } = await client.stop();
          const { stackFrames = [] } = await client.request('stackTrace', { threadId });
          const files = stackFrames.map((each) => each.source);
          const far = files.filter((each) => (each?.sourceReference ?? 0) > 0);
          expect(far.map((each) => path.basename(each?.path ?? ''))).toContain('textwrap.py');
          expect(far.every((each) => each?.path?.endsWith('textwrap.py'))).toBe(true);
          expect(new Set(files.map((each) => each?.path))).toEqual(
            new Set([far[0]?.path, file, '/not/there/either.py']),
          );
          const asked = await client.request('source', { source: far[0], sourceReference: far[0]?.sourceReference });
          expect(asked.content).toContain('def indent(');
          await client.request('continue', { threadId });
          expect((await results.wait()).status).toBe('ok');
        },
      );

      test.skipIf(way === 'ssh' && !canServeSsh)(
        'gets a debugger when it calls breakpoint() and when it is to pause',
        async () => {
          const [first, second] = [new DebugClient([]), new DebugClient([])];
          const place = { ...(await first.place()), onBreakpoint: true } as const;
          const broken = session.execute('z = 1\nbreakpoint()\nz = 2', { filename: file, debugger: place });
          await first.begin({});
          const { at, threadId } = await first.stop();
          expect(at[0]).toMatch(/^<module>:[23]$/);
          await first.request('continue', { threadId });
          expect((await broken.wait()).status).toBe('ok');
          const endless = session.execute('print("begun")\nwhile True: pass', {
            filename: file,
            debugger: { ...(await second.place()), onBreakpoint: false },
          });
          await expect.poll(() => endless.stdout).toBe('begun\n');
          expect(await session.pause()).toBe('paused');
          await second.begin({});
          expect((await second.stop()).at).toEqual(['<module>:2']);
          await session.interrupt();
          expect((await endless.wait()).status).toBe('interrupted');
        },
      );

      test.skipIf(way === 'ssh' && !canServeSsh)(
        'goes on without the debugger when its host leaves, also for the next host, which has one of its own',
        async () => {
          const { client } = await debug(`import time\n${FUNCTION}y = f(3)\nprint("went on")\nwhile True: pass`, 4);
          await client.stop();
          const reference = referenceOf(session);
          await session.detach();
          await expect(client.event('after the end')).rejects.toThrow('closed');
          session = await ExtSession.attach(reference);
          const [resumed] = session.resumed;
          await expect.poll(() => resumed?.stdout).toBe('went on\n');
          expect(await session.pause()).toBe('impossible');
          await session.interrupt();
          expect((await resumed?.wait())?.status).toBe('interrupted');
          expect(await session.evaluate('(sys.gettrace() is None, y)')).toEqual([true, 4]);
          const again = await debug(`${FUNCTION}y = f(5)`, 3);
          const { threadId } = await again.client.stop();
          await again.client.request('continue', { threadId });
          expect((await again.results.wait()).status).toBe('ok');
        },
      );
    });
  },
);
