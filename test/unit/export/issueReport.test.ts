import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueReport } from '../../../src/export/issueReport.js';
import { packageVersions } from '../../../src/export/packageVersions.js';
import { withoutSecrets } from '../../../src/export/withoutSecrets.js';

describe('an issue report', () => {
  const versions = [
    ['Python', '3.11.7'],
    ['numpy', '2.1.0'],
  ] as const;

  test('has source, output, error and versions as Markdown', () => {
    const report = { source: 'print("```")\n1 / 0', languageId: 'python', output: '```\n', errors: ['Oh\n'], versions };
    expect(issueReport(report)).toBe(
      '### Code\n\n````python\nprint("```")\n1 / 0\n````\n\n### Output\n\n````text\n```\n````\n\n' +
        '### Error\n\n```text\nOh\n```\n\n### Versions\n\n- Python 3.11.7\n- numpy 2.1.0\n',
    );
  });

  test('has no empty sections, and the beginning and end of what is long', () => {
    const output = `begin${'x'.repeat(1_000_000)}end`;
    const text = issueReport({ source: '1', languageId: 'python', output, errors: [], versions });
    expect(text).not.toContain('### Error');
    expect(text).toContain('begin');
    expect(text).toContain('end\n```');
    expect(text).toContain('\n[...]\n');
    expect(text.length).toBeLessThan(20_000);
  });
});

describe('a text without secrets', () => {
  const env = {
    API_TOKEN: 'abc123xyz',
    API_TOKEN_FILE: 'abc123xyz-longer',
    PATH: '/usr/bin',
    DB_PASSWORD: 'no',
    SHELL: '/bin/sh',
  };

  test('names the variables whose values it had', () => {
    expect(withoutSecrets('get(abc123xyz) abc123xyz-longer /usr/bin no /bin/sh', { env, home: '' })).toBe(
      'get([API_TOKEN]) [API_TOKEN_FILE] /usr/bin no /bin/sh',
    );
  });

  test('has neither the home folder nor what signs in', () => {
    const text = 'File "/home/ada/x.py" https://ada:pass@host/p https://host:80/@ada';
    expect(withoutSecrets(text, { env, home: '/home/ada' })).toBe(
      'File "~/x.py" https://[...]@host/p https://host:80/@ada',
    );
    expect(
      withoutSecrets(String.raw`open('C:\\Users\\ada\\x') C:\Users\ada\y`, { env, home: String.raw`C:\Users\ada` }),
    ).toBe(String.raw`open('~\\x') ~\y`);
  });
});

describe('the versions of packages', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'extsession-versions-'));
    const write = async (file: string, text: string): Promise<void> => {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), text);
    };
    await write('lib/site-packages/numpy-2.1.0.dist-info/METADATA', '');
    await write('lib/site-packages/Foo_Bar-1.0rc1.dist-info/METADATA', '');
    await write('lib/site-packages/scikit_learn-1.5.0.dist-info/top_level.txt', 'sklearn\n');
    await write('app/node_modules/@scope/pack/package.json', '{"version":"3.2.1"}');
    await write('app/node_modules/broken/package.json', '{');
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('are those that stand beside the files', async () => {
    const found = await packageVersions(
      [
        'lib/site-packages/numpy/core/x.py',
        'lib/site-packages/numpy/y.py',
        'lib/site-packages/foo.bar.py',
        'lib/site-packages/sklearn/base.py',
        'lib/site-packages/unknown/z.py',
        'lib/python3.11/json/__init__.py',
        'app/node_modules/@scope/pack/lib/a.js',
        'app/node_modules/broken/index.js',
      ].map((file) => path.join(folder, file)),
    );
    expect([...found]).toEqual([
      ['numpy', '2.1.0'],
      ['Foo_Bar', '1.0rc1'],
      ['scikit_learn', '1.5.0'],
      ['@scope/pack', '3.2.1'],
    ]);
  });
});
