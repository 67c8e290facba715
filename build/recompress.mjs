import SevenZip from '7z-wasm';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The earliest that a zip file can tell, in local time, which is what it tells. */
const date = new Date(1980, 0, 1);

/** What only npm reads in the manifest. */
const forNpm = new Set(['dependencies', 'devDependencies', 'exports', 'scripts', 'typesVersions']);

/**
 * Compresses a .vsix better than vsce does, writes its JSON without spaces and without what only npm reads, and gives
 * all its files one date, so that equal builds make equal packages.
 * 7-Zip saves about 3 % in a few seconds; zopfli would save 1 % more, but takes a minute.
 *
 * @param {string} vsix
 */
export async function recompress(vsix) {
  const folder = mkdtempSync(path.join(tmpdir(), 'extsession-package-'));
  try {
    mkdirSync(path.join(folder, 'files'));
    copyFileSync(vsix, path.join(folder, 'old.zip'));
    await sevenZip(folder, ['x', '../old.zip']);
    const files = filesIn(path.join(folder, 'files'));
    for (const file of files) {
      const place = path.join(folder, 'files', file);
      if (file.endsWith('.json')) writeFileSync(place, packed(readFileSync(place, 'utf8')));
      utimesSync(place, date, date);
    }
    await sevenZip(folder, ['a', '-tzip', '-mx=9', '-mfb=258', '-mpass=15', '-mtm=off', '../new.zip', ...files]);
    copyFileSync(path.join(folder, 'new.zip'), vsix);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} json */
function packed(json) {
  const entries = Object.entries(/** @type {object} */ (JSON.parse(json)));
  return JSON.stringify(Object.fromEntries(entries.filter(([key]) => !forNpm.has(key))));
}

/** @param {string} folder */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/**
 * Runs 7-Zip, compiled to WebAssembly, in the subfolder `files`.
 *
 * @param {string} folder
 * @param {readonly string[]} args
 */
async function sevenZip(folder, args) {
  /** @type {string[]} */
  const errors = [];
  const program = await SevenZip({ printErr: (line) => errors.push(line) });
  program.FS.mkdir('/mounted');
  program.FS.mount(program.NODEFS, { root: folder }, '/mounted');
  program.FS.chdir('/mounted/files');
  try {
    program.callMain([...args, '-bso0', '-bsp0']);
  } catch (error) {
    errors.push(String(error)); // a number, for most errors
  }
  if (errors.length > 0) throw new Error(`7-Zip failed: ${errors.join('\n')}`);
}
