import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

/** The library, its documentation, and what that links to. */
const contents = [
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'ThirdPartyNotices.txt',
  'dist/engine',
  'dist/javascript',
  'dist/python',
  'docs',
  'test/fixtures/isolation',
  'test/fixtures/toyEvaluator',
];

/**
 * Lays out the built library as an npm package.
 *
 * Its manifest differs from the extension's, which names a main file and contributions to VS Code that the package does
 * not contain, and lists bundled packages as dependencies, which need not be installed again.
 *
 * @param {string} folder is replaced
 */
export function layOutLibrary(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(libraryManifest(), null, 2)}\n`);
  for (const entry of contents) {
    cpSync(path.join(root, entry), path.join(folder, entry), {
      recursive: true,
      filter: (source) => !/\.(map|pyc)$|__pycache__$/.test(source),
    });
  }
}

function libraryManifest() {
  const { name, version, license, engines, exports, typesVersions, bin } = /** @type {Manifest} */ (
    JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  );
  return {
    name,
    version,
    description:
      "Run Python, JavaScript and TypeScript in sessions of their own; read each command's output, isolated from every other command's.",
    keywords: ['python', 'javascript', 'typescript', 'repl', 'session', 'evaluate', 'output', 'subprocess'],
    license,
    engines: { node: engines.node },
    exports,
    typesVersions,
    bin,
  };
}

/**
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {string} license
 * @property {{ node: string }} engines
 * @property {unknown} exports
 * @property {unknown} typesVersions
 * @property {unknown} bin
 */
