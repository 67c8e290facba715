// npm run screenshots: pictures of the panel in a real VS Code, in dist/screenshots. --readme renews the README's, too.
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { installDependencies } from './dependencies.mjs';
import { dist, inRoot, root } from './project.mjs';
import { run } from './run.mjs';

const pictures = path.join(dist, 'screenshots');

await installDependencies(root);
await run(process.execPath, [inRoot('node_modules/vitest/vitest.mjs'), 'run', '--project', 'e2e', 'looks'], {
  cwd: root,
});
if (process.argv.includes('--readme')) {
  mkdirSync(inRoot('docs'), { recursive: true });
  copyFileSync(path.join(pictures, 'busy-dark.png'), inRoot('docs', 'panel.png'));
}
console.log(`Pictures: ${pictures}`);
