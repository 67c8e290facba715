import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession, extexec } from '../../../src/library.js';
import { testCases } from '../../support/isolationCases.js';
import { testPythons } from '../../support/pythons.js';
import { canServeSsh, type SshServer, startSshServer } from '../../support/sshServer.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';

/** EXTSESSION_TEST_REACH=all takes all cases. By default, one of each way to write or to end. */
const isAll = process.env.EXTSESSION_TEST_REACH === 'all';
const SELECTION = {
  python: ['05-late-child-during-next', '12-order', '13-segv', '19-binary', '23-atexit', '27-int-spin'],
  javascript: ['03c-raw-late', '09-worker-thread', '12-order', '13-abort', '19-binary', '20e-typescript'].concat([
    '23-exit-listener',
    '27-int-spin',
    '27e-int-input',
  ]),
};
const evaluators = {
  python: { interpreter },
  javascript: { evaluator: 'javascript', interpreter: process.execPath },
};

describe.each(['python', 'javascript'] as const)('a session of %s behind env keeps apart', (language) => {
  const options = { ...evaluators[language], commandPrefix: ['env'] };
  testCases(language, options, isAll ? {} : { only: SELECTION[language] });
});

const bubblewrap = ['bwrap', '--dev-bind', '/', '/', '--unshare-pid', '--proc', '/proc', '--die-with-parent'];
const canWrap = existsSync('/usr/bin/bwrap');

test.skipIf(!canWrap)('a session runs in a container of bubblewrap (skipped without bwrap)', async () => {
  const { stdout } = await extexec('import os; print(os.getpid() < 20)', { interpreter, commandPrefix: bubblewrap });
  expect(stdout).toBe('True\n');
});

const system = '/usr/bin/python3';
const canBeNobody = existsSync(system) && spawnSync('sudo', ['-n', '-u', 'nobody', system, '--version']).status === 0;

test.skipIf(!canBeNobody)('a session runs as another user (skipped if sudo does not allow that)', async () => {
  const options = { interpreter: system, commandPrefix: ['sudo', '-n', '-u', 'nobody'], cwd: '/' };
  const { stdout } = await extexec('import os, pwd; print(pwd.getpwuid(os.getuid()).pw_name)', options);
  expect(stdout).toBe('nobody\n');
});

describe.skipIf(!canServeSsh)('a session behind ssh (skipped without a server)', () => {
  let server: SshServer;
  let session: ExtSession;
  beforeAll(async () => {
    server = await startSshServer();
    session = await ExtSession.start({ interpreter, commandPrefix: server.prefix, cwd: '~' });
  });
  afterAll(async () => {
    await session.exit();
    await server.stop();
  });

  test('runs commands, is interrupted, and gets what is written', async () => {
    const results = session.execute('import os\nprint(os.environ["SSH_CONNECTION"].split()[0], os.getcwd())');
    expect((await results.wait()).status).toBe('ok');
    expect(results.stdout).toMatch(/^127\.0\.0\.1 \//);
    const running = session.execute('while True: print("y" * 99)');
    await expect.poll(() => running.stdout.length).toBeGreaterThan(0);
    await session.interrupt();
    expect((await running.wait()).status).toBe('interrupted');
    const bytes = session.execute('import sys; _ = sys.stdout.buffer.write(bytes(range(256)) * 20000)');
    expect((await bytes.wait()).status).toBe('ok');
    const all = Buffer.alloc(
      256 * 20000,
      Uint8Array.from({ length: 256 }, (_, byte) => byte),
    );
    const written = bytes.bytes('stdout');
    expect(written.length).toBe(all.length);
    expect(Buffer.compare(written, all)).toBe(0);
  });

  test('says what ssh says if it is refused', async () => {
    const commandPrefix = [...server.prefix.slice(0, -1), '-o', 'User=nobody', 'far'];
    await expect(ExtSession.start({ interpreter, commandPrefix })).rejects.toThrow(
      /exit code 255.*\n.*Permission denied/,
    );
  });
});
