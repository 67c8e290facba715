import { getL10nJson } from '@vscode/l10n-dev';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inRoot } from '../support/project.mjs';

const sources = readdirSync(inRoot('src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, contents: readFileSync(inRoot('src', file), 'utf8') }));

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
    const calls = sources.filter(({ contents }) => /\bl10n\b(?!\.t\()/.test(contents)).map(({ file }) => file);
    expect(calls).toEqual([]);
  });
});

test('the texts of the manifest are those that it names, each once', () => {
  const manifest = readFileSync(inRoot('package.json'), 'utf8');
  const named = new Set(Array.from(manifest.matchAll(/"%([^%"]+)%"/g), ([, name]) => name));
  expect(Object.keys(json('package.nls.json')).toSorted()).toEqual([...named].toSorted());
});
