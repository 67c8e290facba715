import { readdirSync } from 'node:fs';
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
