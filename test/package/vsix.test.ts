import { PackageManager, listFiles } from '@vscode/vsce';
import { statSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { javascriptEvaluator, javascriptParser, typescriptCompiler } from '../../build/bundles.mjs';
import { root } from '../support/project.mjs';

/** The bundles of the JavaScript worker. Only the library runs code in its own process. */
function workerFiles(): string[] {
  const entries = [javascriptEvaluator, javascriptParser, typescriptCompiler].flatMap(({ entryPoints }) =>
    Object.keys(entryPoints ?? {}),
  );
  const inWorker = entries.filter((entry) => entry.startsWith('worker/') && entry !== 'worker/inProcess');
  return inWorker.map((entry) => `dist/javascript/${entry}.cjs`);
}

test('the .vsix holds what runs, and nothing else', async () => {
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  expect(files).toEqual(
    expect.arrayContaining([
      'package.json',
      'README.md',
      'LICENSE',
      'ThirdPartyNotices.txt',
      'dist/extension.js',
      'media/syntaxes/magics.tmLanguage.json',
      'dist/grammars/lezer.js',
      'dist/grammars/javascript.js',
      'dist/grammars/python.js',
      'dist/panel/main.js',
      'dist/panel/main.css',
      'dist/panel/imports.json',
      'dist/scriptPage/page.js',
      'dist/scriptPage/frameStart.js',
      'dist/python/supervisor/start.py',
      'dist/python/worker/start.py',
      'dist/javascript/receiver/main.cjs',
      'dist/javascript/supervisor/main.cjs',
      ...workerFiles(),
    ]),
  );
  const runs = [
    /^(package(\.nls.*)?\.json|README\.md|CHANGELOG\.md|LICENSE|ThirdPartyNotices\.txt)$/,
    /^dist\/(extension\.js|panel\/.+\.(js|css|json)|grammars\/.+\.js|scriptPage\/.+\.js|python\/(supervisor|worker)\/.+\.py|javascript\/((receiver|supervisor)\/main|worker\/(acorn|debugRelay|main|reloadHooks|thread|typedHooks|typescript))\.cjs)$/,
    /^media\/([^/]+\.(svg|png)|(l10n\/bundle\.l10n\..+|syntaxes\/.+)\.json|walkthrough\/.+\.(md|svg|png|webp))$/,
  ];
  expect(files.filter((file) => !runs.some((pattern) => pattern.test(file)))).toEqual([]);
});

test('the .vsix is smaller than 1 MB', () => {
  expect(statSync(inject('vsix')).size).toBeLessThan(1_000_000);
});
