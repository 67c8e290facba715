import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { markdownExamples } from '../support/markdownExamples.js';
import { packageExtension } from '../support/package.mjs';
import { inRoot, root } from '../support/project.mjs';
import { testPythons } from '../support/pythons.js';

const pages = ['README.md', 'docs/library.md', 'docs/examples.md'];
const imports = (source: string): boolean => source.includes("'extsession/engine'");
const [python] = testPythons();

let project: string;

/** The library in a project of its own: packed, installed, and nothing else. */
beforeAll(async () => {
  await packageExtension();
  project = mkdtempSync(path.join(os.tmpdir(), 'extsession-consumer-'));
  const npm = (args: readonly string[], cwd: string): string =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const packed = npm(['pack', '--ignore-scripts', '--pack-destination', project], root).trim();
  writeFileSync(path.join(project, 'package.json'), '{ "name": "consumer", "version": "1.0.0" }');
  npm(['install', '--offline', '--no-audit', '--no-fund', path.join(project, packed)], project);
}, 120_000);

afterAll(() => {
  rmSync(project, { recursive: true });
});

/** Runs a program in the project; what it prints. */
function run(file: string, source: string): string {
  writeFileSync(path.join(project, file), source);
  const folder = python ? `${path.dirname(python.executable)}${path.delimiter}` : '';
  const env = { ...process.env, PATH: `${folder}${process.env.PATH ?? ''}` };
  const { stdout, stderr } = spawnSync(process.execPath, [file], { cwd: project, encoding: 'utf8', env });
  return stdout + stderr;
}

test('holds the library, and nothing of the extension', () => {
  expect(readdirSync(path.join(project, 'node_modules'))).toEqual(['.bin', '.package-lock.json', 'extsession']);
  expect(readdirSync(path.join(project, 'node_modules', '.bin'))).toEqual(['extsession-conformance']);
  const installed = path.join(project, 'node_modules', 'extsession');
  const files = readdirSync(installed, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name)));
  const library = [
    /^(package\.json|(README|CHANGELOG|CONTRIBUTING)\.md|LICENSE)$/,
    /^docs\/[^/]+\.(md|png)$/,
    /^test\/fixtures\/(isolation|toyEvaluator)\/[^/]+\.(json|py)$/,
    /^dist\/engine\/((index|blocking)\.(cjs|js)|(index|api)\.d\.c?ts|conformance\.mjs|package\.json)$/,
    /^dist\/evaluators\/.+\.(py|c?js)$/,
  ];
  expect(files.filter((file) => !library.some((pattern) => pattern.test(file)))).toEqual([]);
});

test.for([
  'README.md',
  ...readdirSync(inRoot('docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
])('%s points at nothing that the package lacks', (page) => {
  const installed = path.join(project, 'node_modules', 'extsession', page);
  const links = [...readFileSync(installed, 'latin1').matchAll(/\]\(([^)#:\s]+)[^)]*\)/g)].map(
    ([, link]) => link ?? '',
  );
  expect(links.filter((link) => !existsSync(path.resolve(path.dirname(installed), link)))).toEqual([]);
});

test('is one library, whether it is imported or required', () => {
  const source = `import { createRequire } from 'node:module';
import * as imported from 'extsession/engine';
const required = createRequire(import.meta.url)('extsession/engine');
console.log(Object.keys(imported).every((name) => imported[name] === required[name]), Object.keys(required).length === Object.keys(imported).length);`;
  expect(run('both.mjs', source)).toBe('true true\n');
});

describe.each(pages)('%s', (page) => {
  const examples = markdownExamples(inRoot(page)).filter(({ source }) => imports(source));

  test.for(examples.filter(({ language }) => language === 'js'))(
    'line $line runs as it stands',
    ({ source, output }) => {
      const printed = run(/\brequire\(/.test(source) ? 'example.cjs' : 'example.mjs', source);
      expect(printed).toBe(output ?? printed);
      if (output === undefined) expect(printed).not.toContain('Error');
    },
  );
});

test.for(['index.d.cts', 'api.d.cts'])('says in %s what each name is for, and each member of a class', (file) => {
  const text = readFileSync(path.join(project, 'node_modules', 'extsession', 'dist', 'engine', file), 'utf8');
  const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const isPrivate = (node: ts.Declaration): boolean =>
    (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) !== 0;
  const named = statements.filter(
    (node) =>
      ts.isClassDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isTypeAliasDeclaration(node),
  );
  const members = named.flatMap((node) => (ts.isClassDeclaration(node) ? [...node.members] : []));
  const behaviour = members.filter(
    (node) => (ts.isMethodDeclaration(node) || ts.isGetAccessor(node)) && !isPrivate(node),
  );
  const silent = [...named, ...behaviour].filter((node) => ts.getJSDocCommentsAndTags(node).length === 0);
  expect(named.length).toBeGreaterThan(0);
  expect(silent.map(({ name }) => name?.getText())).toEqual([]);
});

describe('brings types that satisfy a strict consumer who checks libraries too', () => {
  const source = `import { type ExtResults, ExtSession, type Value, exteval, extevalSync } from 'extsession/engine';
import type { ApiSession, SessionStatus } from 'extsession/api';
export async function main(api: ApiSession, signal: AbortSignal): Promise<Value> {
  const session: ExtSession = await ExtSession.start({ cwd: '.', signal });
  const results: ExtResults = session.execute('1');
  const outcome = await results.wait();
  if (outcome.status === 'ok') { const text: unknown = outcome.result?.['text/plain']; }
  const same: ExtResults = await api.execute('1');
  const status: SessionStatus = api.status;
  // @ts-expect-error a number is no source
  session.execute(1);
  // @ts-expect-error results come of a session
  new (await import('extsession/engine')).ExtResults();
  return [await exteval('1'), extevalSync('1')];
}
`;
  const faces = { 'consumer.mts': source, 'consumer.cts': source };
  const modern = { module: 'NodeNext', lib: ['ES2022'] };

  /** What the compiler has to say about sources in the project. */
  function complaints(sources: Readonly<Record<string, string>>, options: object): string {
    for (const [file, content] of Object.entries(sources)) writeFileSync(path.join(project, file), content);
    const typeRoots = [inRoot('node_modules', '@types')];
    const compilerOptions = {
      noEmit: true,
      skipLibCheck: false,
      strict: true,
      target: 'ES2022',
      typeRoots,
      ...options,
    };
    const tsconfig = { compilerOptions, files: Object.keys(sources) };
    writeFileSync(path.join(project, 'tsconfig.json'), JSON.stringify(tsconfig));
    const tsc = inRoot('node_modules', 'typescript', 'bin', 'tsc');
    return spawnSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' }).stdout;
  }

  test.for([
    ["with Node's types", faces, { ...modern, types: ['node'] }],
    ["without Node's types", faces, { ...modern, types: [] }],
    ['with an older language', faces, { module: 'NodeNext', lib: ['ES2018'], types: [] }],
    ["for a bundler, with the browser's types", faces, { module: 'preserve', lib: ['ES2022', 'DOM'], types: [] }],
    [
      'who resolves as Node 10 did',
      { 'consumer.ts': source },
      { module: 'CommonJS', moduleResolution: 'node10', ignoreDeprecations: '6.0', types: ['node'] },
    ],
  ] as const)('%s', ([, sources, options]) => {
    expect(complaints(sources, options)).toBe('');
  });

  test('in the examples of the pages', () => {
    const examples = pages
      .flatMap((page) => markdownExamples(inRoot(page)))
      .filter(({ language }) => language === 'ts');
    const sources = examples.map((example) => [`line${String(example.line)}.mts`, example.source] as const);
    expect(sources.length).toBeGreaterThan(0);
    expect(complaints(Object.fromEntries(sources), { ...modern, types: ['node'] })).toBe('');
  });
});
