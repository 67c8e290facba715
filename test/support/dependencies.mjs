import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { npm } from './run.mjs';

/**
 * Installs what the folder's lock file asks for; does nothing when it is there already.
 *
 * @param {string} folder that holds package.json and package-lock.json
 * @returns {Promise<boolean>} whether anything was installed
 */
export async function installDependencies(folder) {
  if (isInstalled(folder)) return false;
  console.log(`Installing the dependencies of ${path.basename(folder)} ...`);
  // Nothing that we use needs its install script.
  await npm(['ci', '--ignore-scripts', '--loglevel=error'], folder);
  return true;
}

/**
 * Compares the lock file with the record that npm keeps of what it has put into node_modules.
 *
 * @param {string} folder
 */
function isInstalled(folder) {
  const record = path.join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = packagesOf(path.join(folder, 'package-lock.json'));
  const present = packagesOf(record);
  return Object.entries(wanted).every(([name, { version, optional, devOptional }]) => {
    const found = present[name];
    // The binaries of other platforms are optional, and absent.
    return name === '' || (found ? found.version === version : (optional ?? devOptional ?? false));
  });
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string; optional?: boolean; devOptional?: boolean }>}
 */
function packagesOf(lockFile) {
  const lock = /** @type {{ packages: ReturnType<typeof packagesOf> }} */ (JSON.parse(readFileSync(lockFile, 'utf8')));
  return lock.packages;
}
