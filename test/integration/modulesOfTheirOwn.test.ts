import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession, type ExtResults } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

describe.each(testPythons())("The person's modules in a session of Python $version", ({ executable }) => {
  let session: ExtSession;
  let cwd: string;
  beforeEach(async () => {
    cwd = mkdtempSync(path.join(tmpdir(), 'extsession-modules-'));
    session = await ExtSession.start({ interpreter: executable, cwd });
  });
  afterEach(async () => {
    await session.exit();
    rmSync(cwd, { recursive: true });
  });
  const run = async (source: string): Promise<ExtResults> => {
    const results = session.execute(source);
    await results.wait({ timeoutMs: 20_000 });
    return results;
  };

  test('are not run in place of those of the standard library that the session itself needs', async () => {
    for (const name of ['traceback', 'linecache', 'tokenize', 'pickle', 'subprocess', 'asyncio'])
      writeFileSync(path.join(cwd, `${name}.py`), `print("ran ${name}")\nraise RuntimeError\n`);
    const failed = await run('def fail(): 1 / 0\nfail()');
    expect(failed.outcome).toMatchObject({
      error: { frames: [{ source: 'fail()' }, { source: 'def fail(): 1 / 0' }] },
    });
    expect(await session.evaluate('__import__("fractions").Fraction(1, 3)')).toHaveProperty('pickle');
    expect([failed.stdout, failed.stderr]).toEqual(['', '']);
  });

  test('are what the user imports', async () => {
    writeFileSync(path.join(cwd, 'getpass.py'), 'own = True\n');
    writeFileSync(path.join(cwd, 'colorsys.py'), 'own = True\n');
    expect((await run('import colorsys, getpass\nprint(colorsys.own, getpass.own)')).stdout).toBe('True True\n');
  });

  test('are found and loaded as without a session', async () => {
    const source = `
import importlib.util
spec = importlib.util.find_spec('getpass')
print(spec.loader.get_filename('getpass') == spec.origin, 'def unix_getpass' in spec.loader.get_source('getpass'))`;
    expect((await run(source)).stdout).toBe('True True\n');
  });

  test.each([
    ['it was looked for before', 'import importlib.util\nimportlib.util.find_spec("getpass")'],
    [
      'its first import failed',
      'import sys\nsys.modules["io"], io = None, sys.modules["io"]\ntry: import getpass\nexcept ImportError: print("failed")\nsys.modules["io"] = io',
    ],
    ['it was loaded anew', 'import getpass, importlib\nimportlib.reload(getpass)'],
    ['it was forgotten', 'import getpass, sys\ndel sys.modules["getpass"]'],
  ])('are adapted also when %s', async (_when, source) => {
    await run(source);
    session.writeLine('secret');
    expect(await session.evaluate('__import__("getpass").getpass()')).toBe('secret');
  });
});
