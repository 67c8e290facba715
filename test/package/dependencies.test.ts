import { type Metafile, build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bundles } from '../../build/bundles.mjs';
import { inRoot } from '../support/project.mjs';

/** The packages that files of ours import, as far as they are bundled. */
function importedBy({ inputs }: Metafile): string[] {
  const ours = Object.entries(inputs).filter(([file]) => !file.includes('node_modules'));
  const imported = ours.flatMap(([, { imports }]) => imports.map((each) => each.path));
  return imported.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
}

test('what is bundled is a dependency, so that an audit checks it, and nothing else is', async () => {
  const built = await Promise.all(
    Object.values(bundles).map((options) => build({ ...options, metafile: true, write: false })),
  );
  const imported = new Set(built.flatMap(({ metafile }) => importedBy(metafile)));
  const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { dependencies: object };
  expect(Object.keys(manifest.dependencies)).toEqual([...imported].sort());
});
