import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type * as Library from '../../src/library.js';
import type { WindowsCase } from './windowsCase.js';

/** The host's side: processes, folders and pipes, with JavaScript sessions. */
export function hostCases({
  ExtSession,
  EvaluatorNotFoundError,
  WorkingDirectoryError,
}: typeof Library): WindowsCase[] {
  const evaluator = 'javascript';
  const inSession = async (
    options: Library.ExtSessionOptions,
    use: (session: Library.ExtSession) => Promise<void>,
  ): Promise<void> => {
    const session = await ExtSession.start({ evaluator, ...options });
    try {
      await use(session);
    } finally {
      await session.exit();
    }
  };
  const output = async (session: Library.ExtSession, source: string): Promise<string> => {
    const results = session.execute(source);
    await results.wait({ timeoutMs: 30_000 });
    return results.stdout + results.stderr;
  };
  const inFolder = (name: string): WindowsCase['run'] => {
    return async ({ folder }) => {
      const cwd = path.join(folder, ...name.split('/'));
      mkdirSync(cwd, { recursive: true });
      await inSession({ cwd }, async (session) => {
        assert.equal(await output(session, 'console.log(process.cwd())'), `${cwd}\n`);
      });
    };
  };

  return [
    { name: 'a session starts in a folder with letters of other scripts and spaces', run: inFolder('Ädä 日本 x') },
    { name: 'a program in the current folder is not run instead of one of the system', run: runsOwnTaskkill },
    {
      name: 'a program in the current folder does not count as one on PATH',
      run: async ({ folder, stub }) => {
        copyFileSync(stub, path.join(folder, 'planted.exe'));
        await assert.rejects(
          ExtSession.start({ evaluator, interpreter: 'planted', cwd: folder }),
          EvaluatorNotFoundError,
        );
        assert.equal(existsSync(path.join(folder, 'planted.exe.ran')), false);
      },
    },
    {
      name: 'the link to the store is not taken for a program that fails',
      run: async ({ folder, stub }) => {
        const interpreter = path.join(folder, 'python.exe');
        copyFileSync(stub, interpreter);
        writeFileSync(`${interpreter}.code`, '9009');
        await assert.rejects(ExtSession.start({ evaluator, interpreter, cwd: folder }), EvaluatorNotFoundError);
      },
    },
    {
      name: 'a restart has a new process and no variables, and the old one is gone',
      run: () =>
        inSession({}, async (session) => {
          await output(session, 'globalThis.x = 1');
          const { pid } = session;
          await session.restart();
          assert.notEqual(session.pid, pid);
          assert.equal(await output(session, 'console.log(typeof x)'), 'undefined\n');
          assert.throws(() => process.kill(pid ?? 0, 0));
        }),
    },
    {
      name: 'an exit code of the session is reported',
      run: () =>
        inSession({}, async (session) => {
          await output(session, 'process.reallyExit(3)');
          assert.equal(session.state, 'dead');
        }),
    },
    {
      name: 'a session starts in a folder that is named as \\\\?\\',
      run: async ({ folder }) => {
        await inSession({ cwd: `\\\\?\\${folder}` }, async (session) => {
          assert.equal(await output(session, 'console.log(1)'), '1\n');
        });
      },
    },
    {
      name: 'code finds a file with a path of more than 260 characters',
      run: ({ folder }) =>
        inSession({ cwd: folder }, async (session) => {
          const long = path.join(folder, 'a'.repeat(120), 'b'.repeat(120), 'c'.repeat(60));
          mkdirSync(long, { recursive: true });
          writeFileSync(path.join(long, 'x.cjs'), 'module.exports = 42');
          const source = `console.log(require(${JSON.stringify(path.join(long, 'x.cjs'))}))`;
          assert.equal(await output(session, source), '42\n');
        }),
    },
    {
      name: 'a folder that does not exist is reported as such',
      run: async ({ folder }) => {
        const cwd = path.join(folder, 'none');
        await assert.rejects(ExtSession.start({ evaluator, cwd }), WorkingDirectoryError);
      },
    },
    {
      name: 'a session and its children end when their host is killed',
      run: async ({ folder, library }) => {
        const host = path.join(folder, 'host.mjs');
        const found = path.join(folder, 'found.json');
        const child = "require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => 0, 60000)']).pid";
        const lines = [
          `import { ExtSession } from ${JSON.stringify(pathToFileURL(library).href)};`,
          "import { renameSync, writeFileSync } from 'node:fs';",
          "const session = await ExtSession.start({ evaluator: 'javascript' });",
          `const child = await session.evaluate(${JSON.stringify(child)});`,
          `writeFileSync(${JSON.stringify(`${found}.new`)}, JSON.stringify([session.pid, child]));`,
          `renameSync(${JSON.stringify(`${found}.new`)}, ${JSON.stringify(found)});`,
        ];
        writeFileSync(host, lines.join('\n'));
        const running = spawn(process.execPath, [host], { stdio: 'ignore' });
        await until(() => existsSync(found));
        running.kill('SIGKILL');
        const pids = JSON.parse(readFileSync(found, 'utf8')) as number[];
        assert.ok(pids.length === 2 && pids.every((pid) => pid > 0), String(pids));
        await until(() => !pids.some(isThere));
      },
    },
    {
      name: 'ends of lines stay as they are written',
      run: () =>
        inSession({}, async (session) => {
          assert.equal(await output(session, "console.log('a\\r\\nb\\nc')"), 'a\r\nb\nc\n');
          assert.equal(await output(session, "console.log(`1\r\n2`)\r\nconsole.log('3')\r\n"), '1\n2\n3\n');
        }),
    },
    {
      name: 'the children of a session end with it',
      run: async () => {
        let child = 0;
        await inSession({}, async (session) => {
          const printed = await output(
            session,
            "console.log(require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => 0, 60000)'], { stdio: 'inherit' }).pid)",
          );
          child = Number(printed);
          assert.ok(child > 0, printed);
        });
        await until(() => !isThere(child));
      },
    },
    {
      name: 'the children of a session that crashes end with it',
      run: async () => {
        let child = 0;
        await inSession({}, async (session) => {
          const start = "require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => 0, 60000)'])";
          child = Number(await output(session, `console.log(${start}.pid)`));
          assert.ok(isThere(child), String(child));
          const outcome = await session.execute('process.abort()').wait();
          assert.equal(outcome.status, 'died');
          await until(() => !isThere(child));
        });
      },
    },
  ];

  async function runsOwnTaskkill({ folder, stub }: { folder: string; stub: string }): Promise<void> {
    const planted = path.join(folder, 'taskkill.exe');
    copyFileSync(stub, planted);
    const before = process.cwd();
    process.chdir(folder);
    try {
      await inSession({ cwd: folder }, async (session) => {
        await session.restart();
        assert.equal(await output(session, 'console.log(1)'), '1\n');
      });
    } finally {
      process.chdir(before);
    }
    await pause(1000); // in which it would have been started
    assert.equal(existsSync(`${planted}.ran`), false);
  }
}

/** Rejects if it takes too long. */
async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    if (turn === 300) throw new Error(`still not so: ${String(holds)}`);
    await pause(100);
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
