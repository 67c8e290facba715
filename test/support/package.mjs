// npm run package: builds for production and packs extsession-VERSION.vsix; does nothing when that is up to date.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './dependencies.mjs';
import { inRoot, root } from './project.mjs';
import { run } from './run.mjs';
import { whenChanged } from './stamp.mjs';

const inputs = [
  '.vscodeignore',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'build',
  'docs',
  'esbuild.mjs',
  'libraryTypes.mjs',
  'media',
  'package-lock.json',
  'package.json',
  'package.nls.json',
  'src',
];

/** @returns {Promise<string>} the path of the .vsix */
export async function packageExtension() {
  await installDependencies(root);
  const vsix = vsixName();
  await whenChanged(
    { name: 'vsix', inputs, outputs: [vsix, 'dist/extension.js', 'ThirdPartyNotices.txt'] },
    async () => {
      await run(process.execPath, [inRoot('esbuild.mjs'), '--production'], { cwd: root });
      const vsce = inRoot('node_modules', '@vscode', 'vsce', 'vsce');
      const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix];
      await run(process.execPath, [vsce, 'package', ...options], { cwd: root });
    },
  );
  return inRoot(vsix);
}

function vsixName() {
  const manifest = /** @type {{ name: string; version: string }} */ (
    JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
  );
  return `${manifest.name}-${manifest.version}.vsix`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await packageExtension());
