// npm run screenshots: pictures of the panel in a real VS Code, in dist/screenshots. --readme also renews those of the
// README and the walkthrough.
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { installDependencies } from './dependencies.mjs';
import { dist, inRoot, root } from './project.mjs';
import { run } from './run.mjs';

const pictures = path.join(dist, 'screenshots');

await installDependencies(root);
await take(['looks']);
if (process.argv.includes('--readme')) {
  mkdirSync(inRoot('docs'), { recursive: true });
  copyFileSync(path.join(pictures, 'busy-dark.png'), inRoot('docs', 'panel.png'));
  await take([], { EXTSESSION_PICTURES: '1' });
}
console.log(`Pictures: ${pictures}`);

/**
 * @param {readonly string[]} files
 * @param {NodeJS.ProcessEnv} env
 */
async function take(files, env = {}) {
  const vitest = [inRoot('node_modules/vitest/vitest.mjs'), 'run', '--project', 'e2e', ...files];
  await run(process.execPath, vitest, { cwd: root, env: { ...process.env, ...env } });
}
