import { createVSIX } from '@vscode/vsce';
import path from 'node:path';
import { inRoot } from './project.mjs';

/**
 * Packs an extension of test/fixtures.
 *
 * @param {string} name
 * @param {string} folder where the .vsix goes
 * @returns {Promise<string>} its path
 */
export async function packFixture(name, folder) {
  const packagePath = path.join(folder, `${name}.vsix`);
  await createVSIX({
    cwd: inRoot('test', 'fixtures', name),
    packagePath,
    dependencies: false,
    skipLicense: true,
    allowMissingRepository: true,
  });
  return packagePath;
}
