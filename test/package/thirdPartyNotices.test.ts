import { type Metafile, build } from 'esbuild';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { bundles } from '../../build/bundles.mjs';
import { thirdPartyNotices } from '../../build/thirdPartyNotices.mjs';
import { inRoot, root } from '../support/project.mjs';

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
}

const notices = readFileSync(inRoot('ThirdPartyNotices.txt'), 'utf8');
const metafiles = await Promise.all(
  Object.values(bundles).map(async (options) => (await build({ ...options, metafile: true, write: false })).metafile),
);
const files = metafiles.flatMap(({ outputs }) => Object.values(outputs)).flatMap(({ inputs }) => Object.keys(inputs));
const packages = [...new Set(files.filter((file) => file.includes('node_modules')).map(packageOf))].sort();

/** The nearest folder above a file whose package.json has a name and a version. */
function packageOf(file: string): string {
  let folder = path.dirname(inRoot(file));
  while (folder !== root) {
    const { name, version } = manifestOf(folder);
    if (name !== undefined && version !== undefined) return folder;
    folder = path.dirname(folder);
  }
  throw new Error(`${file} is in no package.`);
}

function manifestOf(folder: string): Manifest {
  const file = path.join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : {};
}

test.for(packages.map((folder) => path.relative(root, folder)))(
  '%s is named with its licence and the text of it',
  (folder) => {
    const { name, version, license } = manifestOf(inRoot(folder));
    const title = `\n${String(name)} ${String(version)}\nLicence: ${String(license)}\n`;
    const [, entry = ''] = notices.split(title);
    const [text = ''] = entry.split(/^={80}$/m);
    expect(text).toMatch(/copyright/i);
    const own = readdirSync(inRoot(folder)).find((file) => /^licen[cs]e(\.\w+)?$/i.test(file));
    const licence = own ? readFileSync(inRoot(folder, own), 'utf8') : 'Permission is hereby granted, free of charge';
    expect(plain(text)).toContain(plain(licence));
  },
);

test('the notices name what is not a package: icons, and code inside packages', () => {
  expect(notices).toMatch(/^Codicons\nLicence: CC-BY-4\.0$/m);
  expect(notices).toContain('Copyright (c) 2011-2015 The MathJax Consortium');
  expect(notices).toContain('regenerator-runtime -- Copyright (c) 2014-present, Facebook, Inc.');
});

test('the npm package has the notices too', () => {
  const installed = path.join(inject('consumer'), 'node_modules', 'extsession', 'ThirdPartyNotices.txt');
  expect(readFileSync(installed, 'utf8')).toBe(notices);
});

test.for([
  [{ name: 'x', version: '1.0.0' }, 'does not name its licence'],
  [{ name: 'x', version: '1.0.0', license: 'MIT' }, 'has no licence text'],
] as const)('a package like %o cannot be bundled: it %s', ([manifest, reason]) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'extsession-notices-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(path.join(folder, 'node_modules', 'x'), { recursive: true });
  writeFileSync(path.join(folder, 'node_modules', 'x', 'package.json'), JSON.stringify(manifest));
  const file = path.relative(root, path.join(folder, 'node_modules', 'x', 'index.js'));
  const inputs = { 'media/panel/icons.ts': { bytesInOutput: 1 }, [file]: { bytesInOutput: 1 } };
  const metafile: Metafile = { inputs: {}, outputs: { 'x.js': { bytes: 1, inputs, imports: [], exports: [] } } };
  expect(() => thirdPartyNotices({ part: metafile })).toThrow(reason);
});

/** Without what layout adds. */
function plain(text: string): string {
  return text.match(/[\p{L}\p{N}]+/gu)?.join(' ') ?? '';
}
