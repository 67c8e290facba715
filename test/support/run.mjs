import { spawn } from 'node:child_process';

/**
 * Runs a program to its end; its output goes to ours.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<void>} rejects when the program cannot start or does not exit with 0
 */
export async function run(command, args, options = {}) {
  const code = await exitCode(command, args, options);
  if (code !== 0) throw new Error(`'${[command, ...args].join(' ')}' ended with ${String(code)}.`);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number | NodeJS.Signals | null>} the exit code, or the signal that ended the program
 */
export function exitCode(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    spawn(command, args, { stdio: 'inherit', ...options })
      .once('error', reject)
      .once('close', (code, signal) => {
        resolve(code ?? signal);
      });
  });
}

/**
 * Runs npm, the one that runs us where that is known.
 *
 * @param {readonly string[]} args
 * @param {string} cwd
 */
export function npm(args, cwd) {
  const options = { cwd, env: { ...process.env, npm_config_fund: 'false', npm_config_audit: 'false' } };
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return run(process.execPath, [cli, ...args], options);
  // npm is a .cmd file on Windows, which only a shell can start.
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}
