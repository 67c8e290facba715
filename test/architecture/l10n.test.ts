import { getL10nJson } from '@vscode/l10n-dev';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inRoot } from '../support/project.mjs';

/** Of VS Code's side, and of the panel's app. */
const sources = ['src', 'media/panel'].flatMap((folder) =>
  readdirSync(inRoot(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file: `${folder}/${file}`, contents: readFileSync(inRoot(folder, file), 'utf8') })),
);
/** The one file that gives the library of the panel's app its translations. */
const LOADER = 'media/panel/translations.ts';

function json(...names: readonly string[]): Record<string, unknown> {
  return JSON.parse(readFileSync(inRoot(...names), 'utf8')) as Record<string, unknown>;
}

describe('the texts of the extension', () => {
  test('are in the bundle for translators, and nothing else is (npm run l10n renews it)', async () => {
    const found = await getL10nJson(sources.map(({ contents }) => ({ contents, extension: '.ts' })));
    const { l10n } = json('package.json') as { l10n: string };
    expect(json(l10n, 'bundle.l10n.json')).toEqual(found);
  });

  test('stand in calls that the export finds', () => {
    const imports = /^import \* as l10n from '@vscode\/l10n';$|translations: vscode\.l10n\.bundle,/gm;
    const others = sources.filter(
      ({ file, contents }) => file !== LOADER && /\bl10n\b(?!\.t\()/.test(contents.replaceAll(imports, '')),
    );
    expect(others.map(({ file }) => file)).toEqual([]);
  });
});

test('the texts of the manifest are those that it names, each once', () => {
  const manifest = readFileSync(inRoot('package.json'), 'utf8');
  const named = new Set(Array.from(manifest.matchAll(/"%([^%"]+)%"/g), ([, name]) => name));
  expect(Object.keys(json('package.nls.json')).toSorted()).toEqual([...named].toSorted());
});
