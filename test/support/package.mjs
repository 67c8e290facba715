// npm run package: builds for production and packs extsession-VERSION.vsix, the extension, and extsession-VERSION.tgz,
// the library; does nothing when both are up to date.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { layOutLibrary } from '../../build/libraryPackage.mjs';
import { installDependencies } from './dependencies.mjs';
import { inRoot, root } from './project.mjs';
import { npm, run } from './run.mjs';
import { whenChanged } from './stamp.mjs';

const inputs = [
  '.vscodeignore',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'build',
  'docs',
  'esbuild.mjs',
  'media',
  'package-lock.json',
  'package.json',
  'package.nls.json',
  'src',
  'test/fixtures/isolation',
  'test/fixtures/toyEvaluator',
];

/** @returns {Promise<{ vsix: string; library: string }>} the paths of the packages */
export async function packAll() {
  await installDependencies(root);
  const { name, version } = /** @type {{ name: string; version: string }} */ (
    JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
  );
  const [vsix, library] = [`${name}-${version}.vsix`, `${name}-${version}.tgz`];
  const outputs = [vsix, library, 'dist/extension.js', 'ThirdPartyNotices.txt'];
  await whenChanged({ name: 'packages', inputs, outputs }, async () => {
    await run(process.execPath, [inRoot('esbuild.mjs'), '--production'], { cwd: root });
    await packExtension(vsix);
    await packLibrary();
  });
  return { vsix: inRoot(vsix), library: inRoot(library) };
}

/** @param {string} vsix */
async function packExtension(vsix) {
  const vsce = inRoot('node_modules', '@vscode', 'vsce', 'vsce');
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix];
  await run(process.execPath, [vsce, 'package', ...options], { cwd: root });
  // Its package is not installed yet when this file is loaded in a bare clone.
  const { recompress } = await import('../../build/recompress.mjs');
  await recompress(inRoot(vsix));
}

async function packLibrary() {
  const folder = inRoot('dist', 'npm');
  layOutLibrary(folder);
  await npm(['pack', folder, '--pack-destination', root, '--loglevel=error'], root);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(Object.values(await packAll()).join('\n'));
