import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { inRoot } from '../support/project.mjs';
import { testPythons } from '../support/pythons.js';

const worker = inRoot('src', 'evaluators', 'python', 'worker');
const start = `import sys; sys.path.insert(0, ${JSON.stringify(worker)})
from _extsession_worker.commands.session import Session
session = Session()
`;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'python-session-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** Prints the paths that each of the sources was executed to, and gives the files' contents. */
function executed(python: string, ...sources: string[]): string[][] {
  const script = `${start}import json
print(json.dumps([session.execute(source) for source in ${JSON.stringify(sources)}]))`;
  const env = { ...process.env, TMPDIR: directory };
  const printed = execFileSync(python, ['-c', script], { encoding: 'utf8', env });
  return (JSON.parse(printed) as string[][]).map((paths) => paths.map((file) => readFileSync(file, 'utf8')));
}

describe.each(testPythons())('the Session of Python $version', ({ executable }) => {
  test('runs source in its own process, output into fresh temporary files, then the code DONE', () => {
    expect(executed(executable, 'x = 20\nprint(x + 1)', 'print(x + 2)')).toEqual([
      ['21\n', '', 'DONE'],
      ['22\n', '', 'DONE'],
    ]);
  });

  test('keeps what children and raw descriptors write in its place', () => {
    const source = 'import os\nprint("a", end="")\nos.write(1, b"b")\nos.system("printf c; echo d >&2")\nprint("e")';
    expect(executed(executable, source)).toEqual([['abce\n', 'd\n', 'DONE']]);
  });

  test('shows what failed, with its line, in the stderr file', () => {
    const [failed = [], left = []] = executed(executable, 'print("before")\n1 / 0', 'import sys; sys.exit(3)');
    expect(failed[0]).toBe('before\n');
    expect(failed[1]).toContain('line 2, in <module>\n    1 / 0\n');
    expect(failed[1]).toContain('ZeroDivisionError: division by zero\n');
    expect(failed[1]).not.toContain('_extsession_worker');
    expect(left).toEqual(['', expect.stringContaining('SystemExit: 3'), 'DONE']);
  });

  test('writes to the files that it is given, and gives the process its own streams back', () => {
    writeFileSync(path.join(directory, 'd'), 'DONE'); // from before
    const source = 'print("inside" + open("d").read())';
    const script = `${start}print(session.execute('${source}', 'o', 'e', done_fn='d')); print('outside')`;
    const printed = execFileSync(executable, ['-c', script], { encoding: 'utf8', cwd: directory });
    expect(printed).toBe("('o', 'e', 'd')\noutside\n");
    expect(['o', 'e', 'd'].map((file) => readFileSync(path.join(directory, file), 'utf8'))).toEqual([
      'inside\n',
      '',
      'DONE',
    ]);
  });

  test('works inside a session, whose own commands it runs', async () => {
    await using session = await ExtSession.start({ interpreter: executable, cwd: directory });
    const source = `${start}print('before')
session.execute('import os; print("inside"); os.write(2, b"raw")', 'o', 'e', 'd')
print('after')`;
    const results = session.execute(source);
    expect((await results.wait()).status).toBe('ok');
    expect([results.stdout, results.stderr]).toEqual(['before\nafter\n', '']);
    expect(['o', 'e', 'd'].map((file) => readFileSync(path.join(directory, file), 'utf8'))).toEqual([
      'inside\n',
      'raw',
      'DONE',
    ]);
  });
});
