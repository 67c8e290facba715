import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies } from '../dependencies.mjs';
import { npm } from '../run.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const vscode = path.join(here, 'node_modules', 'code-server', 'lib', 'vscode');

/** The server inside code-server, without code-server's own front. */
export const serverScript = path.join(vscode, 'out', 'server-main.js');

/** The Node that this VS Code is built for; newer than the one that runs us may be. */
export const serverNode = path.join(here, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');

/**
 * Makes a real VS Code runnable from the npm registry alone: no compiler, no install scripts, no other download.
 * Takes a minute and 800 MB the first time, nothing after that.
 */
export async function installVscodeHost() {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    throw new Error(
      `VS Code in the browser runs on Linux (x64, arm64) only, not on ${process.platform} ${process.arch}. ` +
        "Install the desktop VS Code and its 'code' command instead.",
    );
  }
  const stamp = path.join(here, 'node_modules', '.vscode-host');
  const wanted = recipe();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

  console.log('Installing a VS Code for the browser (800 MB, about a minute, once) ...');
  await installDependencies(here);
  // code-server ships VS Code built, without its dependencies; their versions are pinned by its own
  // npm-shrinkwrap.json.
  const production = ['ci', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps', '--loglevel=error'];
  await npm(production, vscode);
  await npm(production, path.join(vscode, 'extensions'));
  replaceNativeModule('@vscode/spdlog', 'spdlog.cjs');
  replaceNativeModule('@vscode/native-watchdog', 'nativeWatchdog.cjs');
  writeFileSync(stamp, wanted);
}

/**
 * @param {string} name
 * @param {string} replacement
 */
function replaceNativeModule(name, replacement) {
  copyFileSync(path.join(here, replacement), path.join(vscode, 'node_modules', name, 'index.js'));
}

/** Changes when anything that goes into the host does. */
function recipe() {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'install.mjs', 'spdlog.cjs', 'nativeWatchdog.cjs']) {
    hash.update(readFileSync(path.join(here, file)));
  }
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await installVscodeHost();
