import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { endProcessesOf } from '../endProcessesOf.mjs';
import { run } from '../run.mjs';
import { serverNode, serverScript } from './install.mjs';

/** What a first window needs to be quiet: no welcome page, no assistant, no network. */
export const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'js/ts.tsserver.automaticTypeAcquisition.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** No session outlives its test. */
export const endsWithWindow = { 'extsession.sessions.keepAlive': 'never' };

/**
 * @typedef {object} ServerOptions
 * @property {string} profile an empty folder of ours: settings, extensions, caches, logs and temporary files go there
 * @property {string} folder the workspace that a window opens when its address names none
 * @property {string | readonly string[]} [vsix] the extensions to install
 * @property {string} [port] a port or a range such as '8123-8199'; any free port when absent
 * @property {string} [token] what a browser must present as `?tkn=`; nothing is asked for when absent
 * @property {boolean} [workspaceTrust] whether VS Code asks before it trusts a folder
 * @property {boolean} [smokeTestDriver] lets a page run extension tests
 * @property {Readonly<Record<string, string | undefined>>} [env] on top of ours, for the extension host
 * @property {Readonly<Record<string, unknown>>} [settings] on top of the quiet ones
 */

/**
 * @typedef {object} Server
 * @property {number} port
 * @property {string} url
 * @property {string} logFolder
 * @property {Promise<number | NodeJS.Signals | null>} exited
 * @property {() => Promise<void>} stop ends the server and all that it started; idempotent
 */

/**
 * Serves VS Code to browsers on this machine only.
 *
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startServer(options) {
  const { profile, settings, port = '0' } = options;
  const data = path.join(profile, 'data');
  const settingsFile = path.join(data, 'User', 'settings.json');
  await mkdir(path.dirname(settingsFile), { recursive: true });
  await writeFile(settingsFile, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  // What names a program counts only from the settings of the machine that it runs on.
  const machineFile = path.join(data, 'Machine', 'settings.json');
  await mkdir(path.dirname(machineFile), { recursive: true });
  await writeFile(machineFile, JSON.stringify(settings ?? {}, null, 2));

  const profileArguments = [
    `--server-data-dir=${data}`,
    `--user-data-dir=${data}`,
    `--extensions-dir=${path.join(profile, 'extensions')}`,
  ];
  const temporary = path.join(profile, 'tmp');
  await mkdir(temporary, { recursive: true });
  const env = {
    ...process.env,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    // As from a terminal: our environment is the user's already, and a login shell would not be asked for ten seconds.
    VSCODE_CLI: '1',
    TMPDIR: temporary,
    XDG_CACHE_HOME: path.join(profile, 'cache'),
    XDG_RUNTIME_DIR: temporary,
  };
  const extensions = [options.vsix ?? []].flat();
  if (extensions.length > 0) {
    const each = extensions.flatMap((vsix) => ['--install-extension', vsix]);
    const install = [serverScript, ...profileArguments, ...each, '--force'];
    await run(serverNode, install, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  }

  const serverLog = path.join(profile, 'server.log');
  const server = spawn(
    serverNode,
    [
      serverScript,
      ...profileArguments,
      '--host=127.0.0.1',
      `--port=${port}`,
      ...(await tokenArguments(options)),
      '--accept-server-license-terms',
      '--telemetry-level=off',
      // A closed window's extension host goes at once, not three hours later.
      '--reconnection-grace-time=1',
      `--default-folder=${options.folder}`,
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...(options.smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
    ],
    // Its own process group, so that its end takes every extension host along.
    { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...env, ...options.env } },
  );
  /** @type {Server['exited']} */
  const exited = new Promise((resolve) => {
    server.once('exit', (code, signal) => {
      resolve(code ?? signal);
    });
  });
  const log = createWriteStream(serverLog);
  server.stdout.pipe(log, { end: false });
  server.stderr.pipe(log, { end: false });

  const listening = await Promise.race([listeningPort(server), exited.then(() => undefined)]);
  if (listening === undefined) {
    throw new Error(`VS Code did not start:\n${await readFile(serverLog, 'utf8')}`);
  }
  return {
    port: listening,
    url: `http://localhost:${String(listening)}/${options.token ? `?tkn=${options.token}` : ''}`,
    logFolder: path.join(data, 'logs'),
    exited,
    stop: async () => {
      await stopGroup(server, exited);
      endProcessesOf(profile);
    },
  };
}

/** @param {ServerOptions} options */
async function tokenArguments({ profile, token }) {
  if (!token) return ['--without-connection-token'];
  // In a file, since anyone on the machine can read a command line.
  const file = path.join(profile, 'token');
  await writeFile(file, token, { mode: 0o600 });
  return [`--connection-token-file=${file}`];
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable,
 * import('node:stream').Readable>} server
 * @returns {Promise<number>}
 */
function listeningPort(server) {
  return new Promise((resolve) => {
    let printed = '';
    server.stdout.on('data', (chunk) => {
      printed += String(chunk);
      const port = /Extension host agent listening on (\d+)/.exec(printed)?.[1];
      if (port) resolve(Number(port));
    });
  });
}

/**
 * @param {import('node:child_process').ChildProcess} server
 * @param {Promise<unknown>} exited
 */
async function stopGroup(server, exited) {
  if (server.pid === undefined) return;
  signalGroup(server.pid, 'SIGTERM');
  const impatience = setTimeout(signalGroup, 5000, server.pid, 'SIGKILL');
  await exited;
  clearTimeout(impatience);
  signalGroup(server.pid, 'SIGKILL');
}

/**
 * @param {number} pid of the group's leader
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}
