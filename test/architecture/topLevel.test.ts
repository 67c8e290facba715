import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { root } from '../support/project.mjs';

const folders = ['.ci', '.github', 'build', 'docs', 'media', 'src', 'test'];
const files = [
  ...['.gitignore', '.npmrc', '.oxfmtrc.json', '.oxlintrc.json', '.vscodeignore', 'CHANGELOG.md', 'CONTRIBUTING.md'],
  ...['LICENSE', 'README.md', 'SECURITY.md', 'esbuild.mjs', 'package-lock.json', 'package.json', 'package.nls.json'],
  ...['pyrightconfig.json', 'tsconfig.base.json', 'tsconfig.json', 'vitest.config.mts'],
];

test('nothing stands at the top level by accident', () => {
  const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
  const names = new Set(tracked.map((file) => file.split('/', 1)[0]));
  expect([...names].sort()).toEqual([...folders, ...files].sort());
});
