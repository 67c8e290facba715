import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BreakpointServer } from '../../src/debug/breakpointServer.js';
import { ExtSession, type ExtResults } from '../../src/library.js';
import { DebugClient } from '../support/debugClient.js';
import { debugpyFolder } from '../support/debugpy.js';
import { awaitingPythons } from '../support/pythons.js';

const TRACES = `
def _traces():
    import os, subprocess, sys, _posixsubprocess
    return [os.fork, os.execv, os.execve, os.posix_spawn, _posixsubprocess.fork_exec, getattr(subprocess, "_fork_exec", 0),
        sys.breakpointhook, sys.gettrace(), sorted(os.environ), list(sys.path), sorted(vars(os)),
        [name for name in sys.modules if "extsession_child" in name]]
before = _traces()`;

const FORK = 'import os, program\nif os.fork() == 0: os._exit(program.f(1))\nprint(os.wait()[1] >> 8)';

const PROGRAM = 'def f(n):\n    return n + 1\nif __name__ == "__main__":\n    print("in the child", f(1))\n';

describe.runIf(process.platform !== 'win32').each(awaitingPythons())(
  'children in Python $version',
  ({ executable }) => {
    if (debugpyFolder === undefined) {
      test('are debugged', (context) => {
        context.skip('no Python here has debugpy');
      });
      return;
    }
    const libs = debugpyFolder;
    let session: ExtSession;
    let folder: string;
    let file: string;
    let program: string;
    let stops: string[];
    let isRefused = false;
    let refused: number;
    let server: BreakpointServer<object>;
    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'children-'));
      file = path.join(folder, 'cell.py');
      program = path.join(folder, 'program.py');
      writeFileSync(program, PROGRAM);
      writeFileSync(
        path.join(folder, 'starter.py'),
        'import subprocess, sys; subprocess.run([sys.executable, "-c", PROGRAM])'.replace(
          'PROGRAM',
          JSON.stringify('from __future__ import annotations\nimport program; print("in the child", program.f(1))'),
        ),
      );
      session = await ExtSession.start({ interpreter: executable, cwd: folder });
      await session.execute('import warnings; warnings.simplefilter("ignore")').wait(); // newer versions warn of threads
      await session.execute(TRACES).wait();
      server = new BreakpointServer<object>((_command, socket, child) => {
        if (isRefused && child !== undefined) {
          refused++;
          socket.destroy();
        } else void follow(new DebugClient([libs], socket));
      });
    });
    afterAll(async () => {
      await session.exit();
      server.dispose();
      rmSync(folder, { recursive: true });
    });

    async function follow(client: DebugClient): Promise<void> {
      await client.begin({ [program]: [{ line: 2 }] });
      for (;;) {
        const stop = await client.stop().catch(() => undefined);
        if (!stop) return;
        stops.push(...stop.at);
        await client.request('continue', { threadId: stop.threadId }).catch(() => undefined); // it may end first
      }
    }

    async function run(source: string): Promise<ExtResults> {
      stops = [];
      refused = 0;
      const { place, wait } = await server.place([libs], { hasChildren: true });
      const forget = wait({});
      const results = session.execute(source, { filename: file, debugger: place });
      expect(await results.wait()).toMatchObject({ status: 'ok' });
      forget();
      return results;
    }

    test.each([
      [
        'a program that a process of another module starts',
        'import subprocess, sys\nsubprocess.run([sys.executable, "-m", "starter"])',
        ['f:2', '<module>:2'],
        'in the child 2\n',
      ],
      [
        'a process of multiprocessing',
        'import multiprocessing, program\nwith multiprocessing.get_context("spawn").Pool(1) as pool: print(pool.map(program.f, [1]))',
        ['f:2', '<module>:1'],
        '[2]\n',
      ],
      ['a forked process', FORK, ['f:2', '<module>:2'], '2\n'],
    ])('%s stops at its breakpoint', async (_what, source, at, output) => {
      const results = await run(source);
      expect(stops).toEqual(at);
      expect([results.stdout, results.stderr]).toEqual([output, '']);
    });

    test.each([
      ['a program', 'import subprocess, sys\nsubprocess.run([sys.executable, "program.py"])', 'in the child 2\n'],
      ['a forked process', FORK, '2\n'],
    ])('%s runs without a debugger if the window has none for it', async (_what, source, output) => {
      isRefused = true;
      const results = await run(source);
      isRefused = false;
      expect([results.stdout, results.stderr, refused]).toEqual([output, '', 1]);
    });

    test('nothing remains', async () => {
      expect(await session.evaluate('[now == then for now, then in zip(_traces(), before)]')).toEqual(
        Array.from({ length: 12 }, () => true),
      );
    });
  },
);
