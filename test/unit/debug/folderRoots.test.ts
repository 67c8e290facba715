import { expect, test } from 'vitest';
import { fileHere, folderRoots } from '../../../src/debug/folderRoots.js';

const pair = { there: '/srv/project', here: ['/work/a', '/work/b'] };

test.each([
  ['file:///work/b/x/y.ts', '/work/b'],
  ['file:///work/bc/y.ts', '/work/a'],
  ['file:///elsewhere/y.ts', '/work/a'],
  ['untitled:Untitled-1', '/work/a'],
  [undefined, '/work/a'],
])('the folder there stands for the folder of the file: %s', (uri, localRoot) => {
  expect(folderRoots(pair, uri)).toEqual({ localRoot, remoteRoot: '/srv/project' });
});

test('without a folder there or here, none stands for another', () => {
  expect(folderRoots({ ...pair, there: undefined }, undefined)).toBeUndefined();
  expect(folderRoots({ ...pair, here: [] }, undefined)).toBeUndefined();
});

test('files below the folder there have a name here, and others have none', () => {
  const roots = folderRoots(pair, undefined);
  expect(fileHere('/srv/project/x/y.ts', roots)).toBe('/work/a/x/y.ts');
  expect(fileHere('/srv/other/y.ts', roots)).toBe('/srv/other/y.ts');
  expect(fileHere('/srv/project/y.ts', undefined)).toBe('/srv/project/y.ts');
});
