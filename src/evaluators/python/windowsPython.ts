import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path, { win32 } from 'node:path';
import { programOnPath } from '../../engine/windows/programOnPath.js';
import { systemProgram } from '../../engine/windows/systemProgram.js';
import { registeredPythons } from './registeredPythons.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** What the search asks the system. */
export interface WindowsSystem {
  /** What `py --list-paths` prints; empty if it fails. */
  readonly list: (launcher: string) => string;
  /** What `reg export` writes of the keys of Python. */
  readonly registry: () => string;
  readonly exists: (file: string) => boolean;
  /** Where a link leads; undefined for what is not a link. */
  readonly target: (file: string) => string | undefined;
}

const KEYS = [['HKCU\\Software\\Python'], ['HKLM\\Software\\Python', '/reg:64'], ['HKLM\\Software\\Python', '/reg:32']];
/** The launcher and the registry answer within milliseconds; a busy machine may take longer. */
const quiet = { timeout: 3000, windowsHide: true, stdio: ['ignore', 'pipe', 'ignore'] as ('ignore' | 'pipe')[] };

/**
 * The Python on Windows if none was chosen: the default one of the `py` launcher, the newest one in the registry (PEP
 * 514), then the first on PATH. python.org's installer does not change PATH by default. Windows itself has a link
 * `python.exe` that opens the Microsoft Store, which is not a Python.
 */
export function windowsPython(env: Variables, system: WindowsSystem = thisSystem(env)): string | undefined {
  const isPython = (file: string): boolean => system.exists(file) && !isStoreLink(file, system);
  const launcher = pyLauncher(env, system);
  const listed = launcher === undefined ? '' : system.list(launcher);
  return (
    launchedPythons(listed).find(isPython) ??
    registeredPythons(system.registry()).find(isPython) ??
    programOnPath(['python.exe', 'python3.exe'], { env, platform: 'win32', isProgram: isPython })
  );
}

/** The Pythons that `py --list-paths` lists, the default one first. */
export function launchedPythons(listed: string): string[] {
  const found = listed.split(/\r?\n/).flatMap((line) => {
    const [, file] = /((?:[A-Za-z]:|\\)\\.*?\.exe)/i.exec(line) ?? [];
    return file === undefined || /^\s*-2/.test(line) ? [] : [{ file, isDefault: line.replace(file, '').includes('*') }];
  });
  return [...found.filter(({ isDefault }) => isDefault), ...found.filter(({ isDefault }) => !isDefault)].map(
    ({ file }) => file,
  );
}

function pyLauncher(env: Variables, { exists }: WindowsSystem): string | undefined {
  const windows = env.SystemRoot ?? 'C:\\Windows';
  const local = env.LOCALAPPDATA === undefined ? [] : [`${env.LOCALAPPDATA}\\Programs\\Python\\Launcher\\py.exe`];
  const known = [win32.join(windows, 'py.exe'), ...local].find(exists);
  return known ?? programOnPath(['py.exe'], { env, platform: 'win32', isProgram: exists });
}

function isStoreLink(file: string, { target }: WindowsSystem): boolean {
  return /AppInstallerPythonRedirector\.exe$/i.test(target(file) ?? '');
}

function thisSystem(env: Variables): WindowsSystem {
  return {
    list: (launcher) => {
      const { error, stdout } = spawnSync(launcher, ['--list-paths'], { ...quiet, encoding: 'utf8' });
      return error ? '' : stdout;
    },
    registry: () => exportedKeys(systemProgram('reg.exe', env)),
    exists: existsSync,
    target: (file) => {
      try {
        return readlinkSync(file);
      } catch {
        return undefined;
      }
    },
  };
}

/** From files, which have all letters; what `reg query` prints has those of the console's code page. */
function exportedKeys(reg: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'extsession-registry-'));
  try {
    return KEYS.map(([key = '', ...view], index) => {
      const file = path.join(folder, `${String(index)}.reg`);
      spawnSync(reg, ['export', key, file, '/y', ...view], quiet);
      return existsSync(file) ? readFileSync(file, 'utf16le') : '';
    }).join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
