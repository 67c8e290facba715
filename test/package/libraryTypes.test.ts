import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, inject, test } from 'vitest';
import { compile } from '../support/consumer/compile.js';

const engine = path.join(inject('consumer'), 'node_modules', 'extsession', 'dist', 'engine');

test.for(['index.d.cts', 'api.d.cts'])('%s says what each name is for, and each member of a class', (file) => {
  const text = readFileSync(path.join(engine, file), 'utf8');
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

test.for(['index.d.cts', 'api.d.cts'])('%s leaves out what is internal', (file) => {
  const text = readFileSync(path.join(engine, file), 'utf8');
  expect(text).not.toMatch(/@internal|static create|evaluateEncoded/);
});

test('api.d.cts holds types alone, and takes those of the library from there', () => {
  const text = readFileSync(path.join(engine, 'api.d.cts'), 'utf8');
  expect(text).not.toMatch(/^(import|export) (?!type )|\bclass\b/m);
  expect(text).toContain("import type { ExtResults } from './index.cjs';");
});

describe('the types satisfy a strict consumer who also checks libraries', () => {
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
    expect(compile(sources, options)).toBe('');
  });
});
