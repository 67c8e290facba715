import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inRoot } from '../support/project.mjs';

test('docs/keys.md names every context key', () => {
  const declared = readFileSync(inRoot('src', 'host', 'contextKeys.ts'), 'utf8').matchAll(/readonly '(.+)':/g);
  const described = readFileSync(inRoot('docs', 'keys.md'), 'utf8').matchAll(/^\| `(extsession\.\w+)` +\| (?!`\{)/gm);
  const names = (matches: Iterable<RegExpMatchArray>) => Array.from(matches, ([, name]) => name).toSorted();
  expect(names(described)).toEqual(names(declared));
});
