import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Sheet } from '../../src/export/sheet.js';
import { writeNotebook } from '../../src/export/writeNotebook.js';
import { pythonWith } from '../support/pythons.js';

const python = pythonWith('nbformat');

const sheet: Sheet = {
  language: 'python',
  cells: [
    {
      kind: 'markdown',
      source: '# Title\n\n![](attachment:a.png)',
      attachments: { 'a.png': { 'image/png': 'aQ==' } },
      outputs: [],
    },
    { kind: 'raw', source: 'as it is', metadata: { tags: ['a'] }, outputs: [] },
    {
      kind: 'code',
      source: 'f()',
      number: 2,
      metadata: { title: 'Load' },
      outputs: [
        { type: 'stream', name: 'stdout', text: 'one\ntwo' },
        { type: 'display_data', data: { 'image/png': 'aQ==', 'image/svg+xml': '<svg/>\n', 'text/plain': 'x' } },
        { type: 'execute_result', data: { 'application/json': [1], 'application/vnd.a+json': { b: 1 }, 'x/y': 5 } },
        { type: 'error', name: 'E', message: '', traceback: '' },
      ],
    },
    { kind: 'code', source: '', outputs: [] },
    {
      kind: 'code',
      source: '# as in names of files\udcff',
      metadata: { tags: 'one', name: 5, collapsed: 'yes', scrolled: 1, jupyter: 3, execution: [] },
      outputs: [{ type: 'error', name: 'E', message: '\ud800', traceback: 'x\udc00' }],
    },
    { kind: 'code', source: '', metadata: { tags: ['a', 'a'] }, outputs: [] },
    { kind: 'code', source: '', metadata: { tags: ['a,b'] }, outputs: [] },
    { kind: 'raw', source: '', metadata: { format: 5 }, outputs: [] },
  ],
};

test.skipIf(!python)('notebooks of each language are valid for nbformat, which finds nothing to mend', () => {
  const notebooks = (['python', 'javascript', 'typescript'] as const).map((language) =>
    writeNotebook({ ...sheet, language }),
  );
  const script = `
import json, sys, warnings, nbformat
warnings.simplefilter('error')
for text in json.load(sys.stdin):
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    nbformat.writes(notebook).encode()
    print(notebook.nbformat, notebook.nbformat_minor, len(notebook.cells))
`;
  const { stdout, stderr } = spawnSync(python?.executable ?? '', ['-c', script], {
    input: JSON.stringify(notebooks),
    encoding: 'utf8',
  });
  expect({ stdout, stderr }).toEqual({ stdout: '4 5 8\n'.repeat(3), stderr: '' });
});
