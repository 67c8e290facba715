import { existsSync } from 'node:fs';
import path from 'node:path';
import { aptInstall } from './apt.mjs';

/** Chromium without its window; it opens a page in half the processor time. */
const shells = ['chromium-headless-shell', 'chrome-headless-shell'];
const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const DEBIAN_PACKAGE = 'chromium-headless-shell';

const advice = `Install Chromium or Chrome (Debian: apt-get install ${DEBIAN_PACKAGE}), or name a browser in the environment variable CHROMIUM.`;

/** No browser on this machine, and none that could be installed; the message says what to do. */
export class NoBrowserError extends Error {
  /** @param {string} reason */
  constructor(reason) {
    super(`${reason} ${advice}`);
    this.name = 'NoBrowserError';
  }
}

/**
 * Finds a Chromium; where there is none, a Debian machine whose root we are gets one.
 *
 * @returns {Promise<string>} its path
 * @throws {NoBrowserError}
 */
export async function ensureBrowser() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new NoBrowserError(`CHROMIUM names '${named}', which does not exist.`);
  }
  const found = onPath([...shells, ...browsers]);
  if (found) return found;
  if (process.getuid?.() !== 0 || !onPath(['apt-get'])) throw new NoBrowserError('No Chromium found.');

  console.log('Installing Chromium with apt-get ...');
  await installWithApt();
  const installed = onPath(shells);
  if (!installed) throw new NoBrowserError('apt-get brought no Chromium.');
  return installed;
}

/**
 * How the tests start it: headless, without a network of its own.
 *
 * @param {string} executablePath
 * @returns {import('playwright-core').LaunchOptions}
 */
export function launchOptions(executablePath) {
  return {
    executablePath,
    args: [
      // Chromium refuses its sandbox to root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-gpu',
      '--disable-quic',
      '--disable-sync',
      '--no-first-run',
    ],
  };
}

/**
 * @param {readonly string[]} programs
 * @returns {string | undefined} the first that PATH knows
 */
export function onPath(programs) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const program of programs) {
    for (const folder of folders) {
      const found = suffixes.map((suffix) => path.join(folder, program + suffix)).find((file) => existsSync(file));
      if (found) return found;
    }
  }
  return undefined;
}

async function installWithApt() {
  try {
    await aptInstall([DEBIAN_PACKAGE]);
  } catch (error) {
    throw new NoBrowserError(`Chromium could not be installed: ${messageOf(error)}.`);
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
