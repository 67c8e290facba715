import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession } from '../../../src/library.js';
import { testPythons } from '../../support/pythons.js';
import { canServeSsh, type SshServer, startSshServer } from '../../support/sshServer.js';

/** A folder of this machine, which the other one does not have. */
const here = '/not/there';

let folder: string;
let server: SshServer | undefined;
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'far-')));
  mkdirSync(path.join(folder, 'tools'));
  writeFileSync(path.join(folder, 'tools', 'run.py'), 'raise SystemExit("run from its beginning")\n');
  if (canServeSsh) server = await startSshServer();
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

const prefixes = { env: () => ['env'], ssh: () => [...(server?.prefix ?? [])] };

describe.skipIf(process.platform === 'win32').each(['env', 'ssh'] as const)('a session behind %s', (way) => {
  const skips = way === 'ssh' && !canServeSsh;

  describe.each(testPythons())('with Python $version', ({ executable, version }) => {
    let session: ExtSession;
    beforeAll(async () => {
      if (skips) return;
      session = await ExtSession.start({ interpreter: executable, commandPrefix: prefixes[way](), cwd: folder });
    });
    afterAll(async () => {
      if (!skips) await session.exit();
    });

    test.skipIf(skips)('says in which folder it has started', async () => {
      await session.execute('import os; os.chdir("/")').wait();
      expect(session.info.cwd).toBe(folder);
    });

    test.skipIf(skips)(
      'has the name there of a file of this machine, if it is there; tracebacks have the one here',
      async () => {
        const filename = `${here}/tools/run.py`;
        const fileThere = path.join(folder, 'tools', 'run.py');
        const source = 'import sys\nprint(__file__, sys.argv)\n1 / 0';
        const found = session.execute(source, { filename, fileThere });
        const outcome = await found.wait();
        expect(found.stdout).toBe(`${fileThere} ['${fileThere}']\n`);
        expect(outcome).toMatchObject({ error: { frames: [{ file: filename, line: 3, source: '1 / 0' }] } });
        const missing = session.execute(source, { filename, fileThere: path.join(folder, 'gone.py') });
        await missing.wait();
        expect(missing.stdout).toBe(`${filename} ['${filename}']\n`);
      },
    );

    test.skipIf(skips)('tells the text of a file, also while a command runs, or why there is none', async () => {
      const running = session.execute('print("begun")\nwhile True: pass');
      await expect.poll(() => running.stdout).toBe('begun\n');
      expect(await session.file(path.join(folder, 'tools', 'run.py'))).toEqual({
        text: 'raise SystemExit("run from its beginning")\n',
      });
      expect(await session.file(`${folder}/tools`)).toEqual({ problem: 'missing' });
      expect(await session.file(`${folder}/tools/run.py/x`)).toEqual({ problem: 'missing' });
      expect(await session.file('nul\0')).toEqual({ problem: 'missing' });
      expect(await session.file('/dev/zero')).toEqual({ problem: 'missing' });
      expect(await session.file(executable)).toEqual({ problem: expect.stringMatching('large|binary') as string });
      await session.interrupt();
    });

    test.skipIf(skips)('writes what it is sent, whole or not at all, and tells files apart', async () => {
      const at = (name: string): string => path.join(folder, `sent-${way}-${version}`, name);
      const bytes = Buffer.from([...Array(256).keys()]);
      expect(await session.save(at('a/b.py'), bytes)).toBe('');
      expect(await session.save(at('a/b.py/c.py'), bytes)).toMatch(/Errno (17|20)/);
      expect(await session.save(at('a'), bytes)).toMatch(/Errno 21/);
      expect(readdirSync(at(''), { recursive: true })).toEqual(['a', path.join('a', 'b.py')]);
      expect(readFileSync(at('a/b.py'))).toEqual(bytes);
      truncateSync(at('a/b.py'), 0);
      expect(await session.save(at('a/b.py'), Buffer.from('x = 1'))).toBe('');
      writeFileSync(at('large'), '');
      truncateSync(at('large'), 3_000_000);
      expect(await session.digests([at('a/b.py'), at('gone'), at('large'), at('')])).toEqual([
        createHash('sha256').update('x = 1').digest('hex'),
        null,
        '',
        null,
      ]);
    });
  });
});
