import { getL10nJson } from '@vscode/l10n-dev';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inRoot } from '../support/project.mjs';
import { looseTexts, translations } from './textsInCode.js';

/** Of VS Code's side, and of the panel's app. */
const sources = ['src', 'media/panel'].flatMap((folder) =>
  readdirSync(inRoot(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file: `${folder}/${file}`, contents: readFileSync(inRoot(folder, file), 'utf8') })),
);
/** The files that give the library its translations: in the panel's app, and in the extension. */
const loaders = ['media/panel/translations.ts', 'src/host/translations.ts'];

function json(...names: readonly string[]): Record<string, unknown> {
  return JSON.parse(readFileSync(inRoot(...names), 'utf8')) as Record<string, unknown>;
}

describe('the texts of the extension', () => {
  test('are in the bundle for translators, and nothing else is (npm run l10n renews it)', async () => {
    // The export is slow: half a minute for whole files.
    const calls = sources
      .filter(({ contents }) => contents.includes('l10n.t('))
      .flatMap(({ file, contents }) => translations(file, contents));
    const contents = [
      "import * as vscode from 'vscode';",
      "import * as l10n from '@vscode/l10n';",
      ...calls.map((call) => `${call};`),
    ].join('\n');
    const found = await getL10nJson([{ contents, extension: '.ts' }]);
    const { l10n } = json('package.json') as { l10n: string };
    expect(json(l10n, 'bundle.l10n.json')).toEqual(found);
  });

  test('stand in calls that the export finds', () => {
    const imports = /^import \* as l10n from '@vscode\/l10n';$|translations: vscode\.l10n\.bundle,/gm;
    const others = sources.filter(
      ({ file, contents }) => !loaders.includes(file) && /\bl10n\b(?!\.t\()/.test(contents.replaceAll(imports, '')),
    );
    expect(others.map(({ file }) => file)).toEqual([]);
  });
});

test('the texts of the manifest are those that it names, each once', () => {
  const manifest = readFileSync(inRoot('package.json'), 'utf8');
  const named = new Set(Array.from(manifest.matchAll(/"%([^%"]+)%"/g), ([, name]) => name));
  expect(Object.keys(json('package.nls.json')).toSorted()).toEqual([...named].toSorted());
});

describe('texts that users read', () => {
  /**
   * Rooms whose errors and logs are all that users could read of them are left out: they are translated by their code.
   */
  const rooms = /^(src\/(panel|host|editor|commands|export)\/|src\/extension\.ts|media\/panel\/)/;
  /** Markup, styles and programs; what is sent or saved and translated when it is drawn; names of languages. */
  const others =
    /^\s*<|^default-src |^(img|font|worker|connect)-src |color-mix|^1px |:host|worker_threads|\bonmessage = |^min\(|^exit code \{\}$|^(window reloaded|saved while running)$|^Mac OS$|^(ts jsx|jsx ts)$|^none; display: |^position: |^:(is|not)\(|^svg, |^delete globalThis|^\s*import (?:glob|sys|\{ existsSync)|^\(\(values\) => /;
  /** Lists of classes and selectors of the webview. */
  const selectors = /^[a-z.[][a-z\d{},. [\]>*-]*$/;

  test('are passed to l10n', () => {
    const loose = sources
      .filter(({ file }) => rooms.test(file))
      .flatMap(({ file, contents }) =>
        looseTexts(file, contents)
          .filter(({ text }) => !others.test(text) && !(file.startsWith('media/') && selectors.test(text)))
          .map(({ line, text }) => `${file}:${String(line)} ${text}`),
      );
    expect(loose).toEqual([]);
  });

  test.each([
    "const a = '(end of input)';",
    'const a = `[${String(n)} lines were not kept]`;',
    "show({ title: 'The session ended' });",
    "const a = other('no value');",
  ])('are found if they are not: %s', (source) => {
    expect(looseTexts('a.ts', source)).toHaveLength(1);
  });

  test.each([
    "l10n.t('(end of input)');",
    "vscode.l10n.t('no value');",
    "log.warn('no value');",
    "throw new Error('no value');",
  ])('are not found if they are: %s', (source) => {
    expect(looseTexts('a.ts', source)).toEqual([]);
  });
});
