// npm start: VS Code with this extension, installed from its .vsix, and a demo workspace. Works in a bare clone, needs
// nothing but Node. The desktop VS Code when there is one, else (or with --web) one in the browser, on this machine
// only.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { onPath } from './browser.mjs';
import { endProcessesOf } from './endProcessesOf.mjs';
import { packAll } from './package.mjs';
import { inRoot } from './project.mjs';
import { run } from './run.mjs';
import { installVscodeHost } from './vscode-host/install.mjs';
import { quietSettings, startServer } from './vscode-host/server.mjs';

/**
 * The one to ask for first, so that the address stays the same from day to day; a free one is taken when it is busy.
 */
const PORTS = '8123-8199';

/** @type {Promise<NodeJS.Signals>} */
const stopRequested = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
});

await main(process.argv.slice(2));

/** @param {readonly string[]} options */
async function main(options) {
  const { vsix } = await packAll();
  warnWithoutPython();
  const desktop = options.includes('--web') ? undefined : desktopCode();
  if (!desktop) await installVscodeHost();

  const scratch = mkdtempSync(path.join(os.tmpdir(), 'extsession-'));
  try {
    const demo = path.join(scratch, 'demo');
    cpSync(inRoot('test', 'fixtures', 'demo'), demo, { recursive: true });
    await (desktop ? openDesktop(desktop, { vsix, scratch, demo }) : serve({ vsix, scratch, demo }));
  } finally {
    endProcessesOf(scratch); // the `code` command hands over to a process of its own, and does not pass signals on
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** @typedef {{ vsix: string; scratch: string; demo: string }} Window */

/** @param {Window} window */
async function serve({ vsix, scratch, demo }) {
  const server = await startServer({
    profile: path.join(scratch, 'vscode'),
    folder: demo,
    vsix,
    port: PORTS,
    token: randomBytes(12).toString('hex'),
    // A reload brings the panel back, although the address names a file to open.
    settings: { 'window.restoreWindows': 'preserve' },
  });
  const url = withOpenFile(server.url, path.join(demo, 'tour.py'));
  console.log(`\nVS Code with ExtSession:  ${url}\nIt opens with a short tour. Press Ctrl+C to end it.\n`);
  const failure = server.exited.then((code) => new Error(`VS Code ended by itself (${String(code)}).`));
  const ended = await Promise.race([stopRequested, failure]);
  await server.stop();
  if (ended instanceof Error) throw ended;
}

/**
 * The address of a window that opens a file. The workbench reads `payload` when it starts.
 *
 * @param {string} address
 * @param {string} file
 */
function withOpenFile(address, file) {
  const url = new URL(address);
  const uri = `vscode-remote://${url.host}${pathToFileURL(file).pathname}`;
  url.searchParams.set('payload', JSON.stringify([['openFile', uri]]));
  return url.href;
}

/**
 * @param {string} code
 * @param {Window} window
 */
async function openDesktop(code, { vsix, scratch, demo }) {
  const profile = path.join(scratch, 'vscode');
  mkdirSync(path.join(profile, 'User'), { recursive: true });
  writeFileSync(path.join(profile, 'User', 'settings.json'), JSON.stringify(quietSettings, null, 2));
  const shell = process.platform === 'win32';
  const own = [
    `--user-data-dir=${profile}`,
    `--extensions-dir=${path.join(scratch, 'extensions')}`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  await run(code, [...own, '--install-extension', vsix, '--force'], { shell });
  console.log('\nVS Code opens with ExtSession and a short tour. Close the window, or press Ctrl+C, to end it.\n');
  const arguments_ = [...own, '--disable-workspace-trust', '--new-window', '--wait', demo, path.join(demo, 'tour.py')];
  const window = spawn(code, arguments_, { stdio: 'inherit', shell });
  await Promise.race([stopRequested, new Promise((resolve) => window.once('exit', resolve))]);
}

/** In a terminal of a remote VS Code, `code` opens files in that window and starts nothing. */
function desktopCode() {
  return process.env.VSCODE_IPC_HOOK_CLI ? undefined : onPath(['code']);
}

function warnWithoutPython() {
  for (const name of ['python3', 'python']) {
    try {
      execFileSync(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 7))'], { stdio: 'ignore' });
      return;
    } catch {
      // Absent, or too old.
    }
  }
  console.warn('No Python 3.7 or newer on PATH: VS Code will open, but nothing can run before you install one.');
}
