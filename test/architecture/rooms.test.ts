import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { inRoot, root } from '../support/project.mjs';
import { cruiseProject, importersOf, violationsOf } from './dependencies.js';
import { rules } from './rules.js';

const project = await cruiseProject(root);
const breaksAll = await cruiseProject(inRoot('test', 'fixtures', 'rooms'));

describe('each rule is kept, and would notice if it were not', () => {
  test.for(rules.map(({ name }) => name))('%s', (name) => {
    expect(violationsOf(project, name)).toEqual([]);
    expect(violationsOf(breaksAll, name)).not.toEqual([]);
  });

  test.for(rules)('$name: there are files it speaks of', ({ from }) => {
    const speaksOf = new RegExp(String(from.path));
    expect(project.modules.map(({ source }) => source)).toContainEqual(expect.stringMatching(speaksOf));
  });
});

describe('what may change is wrapped once', () => {
  test('one file imports execa', () => {
    expect(importersOf(project.modules, /(^|node_modules\/)execa(\/|$)/)).toHaveLength(1);
  });

  test('one file imports the UI toolkit', () => {
    expect(importersOf(project.modules, /@vscode\/webview-ui-toolkit/)).toHaveLength(1);
  });
});

test('no folder has more than 25 source files', () => {
  const files = ['src', 'media'].flatMap((room) =>
    readdirSync(inRoot(room), { recursive: true, encoding: 'utf8' }).map((file) => path.join(room, file)),
  );
  const counts = new Map<string, number>();
  for (const file of files.filter((name) => /\.(ts|py|css)$/.test(name))) {
    const folder = path.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  expect([...counts].filter(([, count]) => count > 25)).toEqual([]);
});

test('what CONTRIBUTING names exists', () => {
  const text = readFileSync(inRoot('CONTRIBUTING.md'), 'utf8');
  const names = Array.from(text.matchAll(/`([\w/]+\.(?:ts|py))`/g), ([, name = '']) => name);
  const files = ['src', 'media'].flatMap((room) =>
    readdirSync(inRoot(room), { recursive: true, encoding: 'utf8' }).map((file) => `/${room}/${file}`),
  );
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !files.some((file) => file.endsWith(`/${name}`)))).toEqual([]);
});

describe('a new evaluator is a new folder and one line', () => {
  const folders = readdirSync(inRoot('src', 'evaluators'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  test.for(folders.map(({ name }) => name))('%s', (language) => {
    const folder = `src/evaluators/${language}/`;
    const outside = importersOf(project.modules, new RegExp(`^${folder}`)).filter((file) => !file.startsWith(folder));
    expect(outside).toEqual(['src/evaluators/builtIn.ts']);
  });
});
