import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { libraryPython } from './libraries.mjs';

export interface PythonFound {
  readonly executable: string;
  /** Such as '3.11.7'. */
  readonly version: string;
}

/** The Pythons to test with: `EXTSESSION_TEST_PYTHONS` (paths, separated as in PATH), else the one on PATH. */
export function testPythons(): PythonFound[] {
  const asked = process.env.EXTSESSION_TEST_PYTHONS;
  if (asked === 'all')
    return [...new Map([...installed(), 'python3'].flatMap(probe).map((python) => [python.version, python])).values()];
  return (asked ? asked.split(path.delimiter) : ['python3']).flatMap(probe);
}

/** Those that know `await` at the top level, which are also those that a debugger supports. */
export function awaitingPythons(): PythonFound[] {
  return testPythons().filter(({ version }) => !version.startsWith('3.7.'));
}

/** Installed Pythons that the worker says it does not run in. */
export function olderPythons(): string[] {
  const isOld = 'import sys; sys.exit(sys.version_info >= (3, 7))';
  return installed().filter((executable) => spawnSync(executable, ['-c', isOld], { stdio: 'ignore' }).status === 0);
}

/**
 * The first Python that has the modules: of those that were asked for, the one that has the libraries of the tests, the
 * one on PATH, and the system's own. Undefined when none has them.
 */
export function pythonWith(...modules: readonly string[]): PythonFound | undefined {
  const [asked, usual] = process.env.EXTSESSION_TEST_PYTHONS ? [testPythons(), []] : [[], testPythons()];
  const candidates = [...asked, ...probe(libraryPython), ...usual, ...probe('/usr/bin/python3')];
  const script = 'import sys; from importlib.util import find_spec; sys.exit(not all(map(find_spec, sys.argv[1:])))';
  return candidates.find(
    ({ executable }) => spawnSync(executable, ['-c', script, ...modules], { stdio: 'ignore' }).status === 0,
  );
}

function installed(): string[] {
  const versions = path.join(process.env.PYENV_ROOT ?? path.join(homedir(), '.pyenv'), 'versions');
  try {
    return readdirSync(versions).map((name) => path.join(versions, name, 'bin/python'));
  } catch {
    return [];
  }
}

function probe(executable: string): PythonFound[] {
  const script = 'import sys; print(sys.executable); print("%d.%d.%d" % sys.version_info[:3])';
  try {
    const [real = executable, version = ''] = execFileSync(executable, ['-c', script], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .trim()
      .split('\n');
    const [major = 0, minor = 0] = version.split('.').map(Number);
    return major === 3 && minor >= 7 ? [{ executable: real, version }] : [];
  } catch {
    return [];
  }
}
