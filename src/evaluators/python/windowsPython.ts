import { spawnSync } from 'node:child_process';
import { existsSync, readlinkSync } from 'node:fs';
import { win32 } from 'node:path';
import { programOnPath } from '../../engine/windows/programOnPath.js';
import { systemProgram } from '../../engine/windows/systemProgram.js';
import { registeredPythons } from './registeredPythons.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** What the search asks the system. */
export interface WindowsSystem {
  /** What a program prints; empty if it fails. `shell` is a command for cmd. */
  readonly print: (
    command: { readonly file: string; readonly args: readonly string[] } | { readonly shell: string },
  ) => string;
  readonly exists: (file: string) => boolean;
  /** Where a link leads; undefined for what is not a link. */
  readonly target: (file: string) => string | undefined;
}

const ROOTS = ['HKCU\\Software\\Python', 'HKLM\\Software\\Python /reg:64', 'HKLM\\Software\\Python /reg:32'];
/** The launcher and the registry answer within milliseconds; a busy machine may take longer. */
const PATIENCE_MS = 3000;

/**
 * The Python on Windows if none was chosen: the default one of the `py` launcher, the newest one in the registry (PEP 514),
 * then the first on PATH. python.org's installer does not change PATH by default. Windows itself has a link
 * `python.exe` that opens the Microsoft Store, which is not a Python.
 */
export function windowsPython(env: Variables, system: WindowsSystem = thisSystem(env)): string | undefined {
  const isPython = (file: string): boolean => system.exists(file) && !isStoreLink(file, system);
  const launcher = pyLauncher(env, system);
  const listed = launcher === undefined ? '' : system.print({ file: launcher, args: ['--list-paths'] });
  return (
    launchedPythons(listed).find(isPython) ??
    registeredPythons(system.print({ shell: registryQuery(env) })).find(isPython) ??
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

/** In UTF-8, because the code page of the console lacks letters of some user names. */
function registryQuery(env: Variables): string {
  const reg = systemProgram('reg.exe', env);
  const queries = ROOTS.map((root) => `"${reg}" query ${root} /s 2>nul`);
  return [`"${systemProgram('chcp.com', env)}" 65001 >nul`, ...queries].join(' & ');
}

function isStoreLink(file: string, { target }: WindowsSystem): boolean {
  return /AppInstallerPythonRedirector\.exe$/i.test(target(file) ?? '');
}

function thisSystem(env: Variables): WindowsSystem {
  return {
    print: (command) => {
      const isFile = 'file' in command;
      const file = isFile ? command.file : systemProgram('cmd.exe', env);
      const args = isFile ? command.args : ['/d', '/s', '/c', `"${command.shell}"`];
      const { error, stdout } = spawnSync(file, args, {
        encoding: 'utf8',
        timeout: PATIENCE_MS,
        stdio: ['ignore', 'pipe', 'ignore'],
        windowsHide: true,
        windowsVerbatimArguments: !isFile,
      });
      return error ? '' : stdout;
    },
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
