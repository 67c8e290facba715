import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { inRoot } from '../support/project.mjs';
import { breaches } from './conventions.js';

test('constants are named by what they are, members are private at run time, and tests are patient', () => {
  const found = ['src', 'media', 'test'].flatMap((folder) =>
    readdirSync(inRoot(folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.m?ts$/.test(file) && !/(^|[/\\])(fixtures|node_modules)[/\\]/.test(file))
      .flatMap((file) => breaches(path.join(folder, file), readFileSync(inRoot(folder, file), 'utf8'))),
  );
  expect(found).toEqual([]);
});

test('a breach is noticed', () => {
  const contents = `
    const Limit = 3;
    const SOME_NAMES = ['a'] as const;
    class Shy {
      private readonly hidden = 1;
      constructor(private readonly given: number) {}
    }
  `;
  expect(breaches('shy.ts', contents)).toEqual([
    'shy.ts:5: use a #private member',
    'shy.ts:6: use a #private member',
    'shy.ts:2: Limit: a plain value is CAPITALS or camelCase',
    'shy.ts:3: SOME_NAMES: a structure is camelCase',
  ]);
  expect(breaches('long.ts', `// ${'long '.repeat(30)}`)).toEqual(['long.ts:1: break the comment']);
  expect(breaches('test/b.test.ts', "vi.mock('vscode');")).toEqual(['test/b.test.ts:1: name the file .mocked.test.ts']);
  expect(breaches('test/a.test.ts', 'await vi.waitFor(holds);')).toEqual(['test/a.test.ts:1: wait with eventually()']);
});
