import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { outputOf } from '../support/outputOf.js';
import { testPythons } from '../support/pythons.js';

describe.each(testPythons())('with Python $version, code that is sent from a file', ({ executable }) => {
  let session: ExtSession;
  let folder: string;
  let script: string;
  beforeEach(async () => {
    session = await ExtSession.start({ interpreter: executable });
    folder = mkdtempSync(path.join(tmpdir(), 'script-'));
    script = path.join(folder, 'analysis.py');
    writeFileSync(script, 'raise SystemExit("the file was run from its beginning")\n');
  });
  afterEach(async () => {
    await session.exit();
    rmSync(folder, { recursive: true });
  });

  const printed = (source: string, filename?: string): Promise<string> => outputOf(session, source, filename);

  test('finds the file in __file__ and sys.argv[0], other code does not', async () => {
    const source = 'import sys; print(globals().get("__file__"), sys.argv)';
    expect(await printed(source, script)).toBe(`${script} ['${script}']\n`);
    expect(await printed(source, 'untitled:Untitled-1')).toBe("None ['']\n");
    expect(await printed(source, script)).toBe(`${script} ['${script}']\n`);
    expect(await printed(source)).toBe("None ['']\n");
  });

  test('keeps what user code has set itself', async () => {
    await printed('__file__ = "mine"; import sys; sys.argv = ["tool", "--flag"]');
    expect(await printed('print(__file__, sys.argv)')).toBe("mine ['tool', '--flag']\n");
    expect(await printed('print(sys.argv)', script)).toBe("['tool', '--flag']\n");
  });

  test('is not run from its beginning by a process that multiprocessing spawns', async () => {
    const source = `import multiprocessing
with multiprocessing.get_context("spawn").Pool(1) as pool: print(pool.map(abs, [-1, -2]))`;
    expect(await printed(source, script)).toBe('[1, 2]\n');
  });
});
