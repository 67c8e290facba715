import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** How long another program may hold apt's locks: an upgrade of a whole system takes a while. */
const PATIENCE_MS = 10 * 60_000;
const PAUSE_MS = 1000;

/**
 * What apt says when another program holds one of its locks, such as that of the package lists, for which it does not
 * wait.
 */
const LOCKED = /Could not get lock|Unable to lock|Unable to acquire the dpkg frontend lock/;

/**
 * Installs packages of the system with apt-get. Waits while another program uses it.
 *
 * @param {readonly string[]} packages
 * @param {AptOptions} [options]
 * @returns {Promise<void>} rejects with what apt-get wrote when it fails
 */
export async function aptInstall(packages, options) {
  await aptGet(['update', '-q'], options);
  await aptGet(['install', '-y', '-q', '--no-install-recommends', ...packages], options);
}

/**
 * @typedef {object} AptOptions
 * @property {string} [program] default 'apt-get'
 * @property {number} [patienceMs] how long to wait for another program
 * @property {number} [pauseMs] between two tries
 */

/**
 * Runs apt-get; tries again while another program holds a lock that it needs.
 *
 * @param {readonly string[]} args
 * @param {AptOptions} [options]
 * @returns {Promise<void>} rejects with what apt-get wrote when it fails
 */
export async function aptGet(args, { program = 'apt-get', patienceMs = PATIENCE_MS, pauseMs = PAUSE_MS } = {}) {
  const end = Date.now() + patienceMs;
  // The lock of dpkg is waited for by apt-get itself, which then does not start over.
  const own = ['-o', `DPkg::Lock::Timeout=${String(Math.ceil(patienceMs / 1000))}`, ...args];
  for (let attempt = 1; ; attempt++) {
    const { code, errors } = await ended(program, own);
    if (code === 0) return;
    const isLocked = LOCKED.test(errors);
    if (!isLocked || Date.now() >= end) {
      throw new Error(`'${[program, ...args].join(' ')}' ended with ${String(code)}: ${errors.trim()}`);
    }
    if (attempt === 1) console.log(`Waiting for another program that uses apt (${firstLine(errors)}) ...`);
    await delay(pauseMs);
  }
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number | NodeJS.Signals | null; errors: string }>}
 */
function ended(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (errors += text));
    child.once('error', reject).once('close', (code, signal) => {
      resolve({ code: code ?? signal, errors });
    });
  });
}

/** @param {string} text */
function firstLine(text) {
  return text.trim().split('\n', 1)[0] ?? '';
}
