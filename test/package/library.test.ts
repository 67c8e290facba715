import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { runProgram } from '../support/consumer/runProgram.js';
import { inRoot } from '../support/project.mjs';

const modules = path.join(inject('consumer'), 'node_modules');
const installed = path.join(modules, 'extsession');

test('the npm package installs nothing else', () => {
  expect(readdirSync(modules)).toEqual(['.bin', '.package-lock.json', 'extsession']);
  expect(readdirSync(path.join(modules, '.bin'))).toEqual(['extsession-conformance']);
});

test("the npm package's manifest speaks of nothing that the package lacks", () => {
  const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as Record<string, unknown>;
  const fields = [
    'name',
    'version',
    'description',
    'keywords',
    'license',
    'engines',
    'exports',
    'typesVersions',
    'bin',
  ];
  expect(Object.keys(manifest)).toEqual(fields);
  const files = JSON.stringify([manifest.exports, manifest.typesVersions, manifest.bin]).match(/dist\/[^"]+/g);
  expect(files?.filter((file) => !existsSync(path.join(installed, file)))).toEqual([]);
});

test('the npm package holds the library, and nothing of the extension', () => {
  const library = [
    /^(package\.json|(README|CHANGELOG|CONTRIBUTING|SECURITY)\.md|LICENSE|ThirdPartyNotices\.txt)$/,
    /^docs\/[^/]+\.(md|png)$/,
    /^test\/fixtures\/(isolation|toyEvaluator)\/[^/]+\.(json|py)$/,
    /^dist\/engine\/((index|blocking)\.(cjs|js)|(index|api)\.d\.c?ts|conformance\.mjs|package\.json)$/,
    /^dist\/(javascript|python)\/.+\.(py|c?js)$/,
  ];
  expect(inject('installedFiles').filter((file) => !library.some((pattern) => pattern.test(file)))).toEqual([]);
});

const pages = readdirSync(inRoot('docs')).filter((name) => name.endsWith('.md'));

test.for(['README.md', ...pages.map((name) => `docs/${name}`)])(
  '%s links to nothing that the npm package lacks',
  (page) => {
    const file = path.join(installed, page);
    const links = [...readFileSync(file, 'latin1').matchAll(/\]\((?!\w+:)([^)#\s]+)[^)]*\)/g)].map(
      ([, link]) => link ?? '',
    );
    expect(links.filter((link) => !existsSync(path.resolve(path.dirname(file), link)))).toEqual([]);
  },
);

test('the library is the same whether it is imported or required', () => {
  const source = `import { createRequire } from 'node:module';
import * as imported from 'extsession/engine';
const required = createRequire(import.meta.url)('extsession/engine');
console.log(Object.keys(imported).every((name) => imported[name] === required[name]), Object.keys(required).length === Object.keys(imported).length);`;
  expect(runProgram('both.mjs', source)).toBe('true true\n');
});
