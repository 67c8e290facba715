import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { aptInstall } from './apt.mjs';
import { inRoot } from './project.mjs';

/** Tools leave node_modules alone, and its cache is where they keep their own things. */
const folder = inRoot('node_modules', '.cache', 'python-libraries');
const stamp = path.join(folder, 'libraries.txt');
const list = inRoot('test', 'support', 'libraries.txt');
/** Characters of an error. */
const MOST_TOLD = 1000;
const isWindows = process.platform === 'win32';

/** The Python that has the libraries, once they are there. */
export const libraryPython = path.join(folder, isWindows ? 'Scripts/python.exe' : 'bin/python');

/** As Debian names them; it has no polars, and an ipywidgets that is too old. */
const debianPackages = 'altair ipython matplotlib nbformat pandas pil plotly rich sklearn sympy tqdm'.split(' ');

/** Imported once, so that the tests need not compile them. */
const imported =
  'import altair, IPython, ipywidgets, matplotlib.pyplot, nbformat, pandas, plotly.graph_objects, polars, rich.table, sklearn.ensemble, sympy, tqdm.auto';

/**
 * Brings the Python libraries that tests use: into a virtual environment, which is made once; else from Debian. Where
 * neither has them, the tests that need them are skipped, and say so.
 *
 * @returns {Promise<void>} never rejects
 */
export async function installLibraries() {
  if (isInstalled()) return;
  console.log('Installing Python libraries to test with (660 MB, about a minute, once) ...');
  try {
    await installWithPip();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    console.log(`pip has not brought them, so Debian's are used: ${String(error).slice(-MOST_TOLD)}`);
    await installWithApt(error);
  }
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(list, 'utf8');
}

/** The newest versions for a Python that is older than those in the list are found by pip. */
async function installWithPip() {
  rmSync(folder, { recursive: true, force: true });
  const python = isWindows ? 'python' : 'python3';
  await quietly(python, ['-m', 'venv', folder]);
  const isListed = await quietly(python, ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))']).then(
    () => true,
    () => false,
  );
  const names = readFileSync(list, 'utf8').replace(/^#.*/gm, '').replace(/==.*/gm, '').split(/\s+/).filter(Boolean);
  const wanted = isListed ? ['--no-deps', '-r', list] : names;
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '0', '--no-compile'];
  await quietly(libraryPython, [...pip, '--only-binary', ':all:', ...wanted]);
  await quietly(libraryPython, ['-c', imported]);
  writeFileSync(stamp, readFileSync(list));
}

/** @param {unknown} reason why pip has not brought them */
async function installWithApt(reason) {
  const isRoot = process.getuid?.() === 0;
  try {
    if (!isRoot || !existsSync('/usr/bin/apt-get')) throw reason;
    await aptInstall(debianPackages.map((name) => `python3-${name}`));
  } catch (error) {
    console.log(
      `Tests that need Python libraries are skipped: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/**
 * Runs a program; rejects with what it wrote when it fails.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<void>}
 */
function quietly(program, args) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env };
    delete env.PYTHONDONTWRITEBYTECODE;
    const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (errors += text));
    child.once('error', reject).once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`'${[program, ...args].join(' ')}' ended with ${String(code)}: ${errors.trim()}`));
    });
  });
}
