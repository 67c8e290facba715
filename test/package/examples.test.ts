import { describe, expect, test } from 'vitest';
import { compile } from '../support/consumer/compile.js';
import { runProgram } from '../support/consumer/runProgram.js';
import { markdownExamples } from '../support/markdownExamples.js';
import { inRoot } from '../support/project.mjs';

const pages = ['README.md', 'docs/library.md', 'docs/examples.md'];

describe.each(pages)('the JavaScript of %s', (page) => {
  const examples = markdownExamples(inRoot(page)).filter(
    ({ language, source }) => language === 'js' && source.includes("'extsession/engine'"),
  );

  test.for(examples)('line $line prints what the page shows', ({ source, output }) => {
    const printed = runProgram(/\brequire\(/.test(source) ? 'example.cjs' : 'example.mjs', source);
    expect(printed).toBe(output ?? printed);
    if (output === undefined) expect(printed).not.toContain('Error');
  });
});

test('the TypeScript of the pages compiles', () => {
  const examples = pages.flatMap((page) => markdownExamples(inRoot(page))).filter(({ language }) => language === 'ts');
  const sources = examples.map((example) => [`line${String(example.line)}.mts`, example.source] as const);
  expect(sources.length).toBeGreaterThan(0);
  expect(compile(Object.fromEntries(sources), { module: 'NodeNext', lib: ['ES2022'], types: ['node'] })).toBe('');
});
