import { describe, expect, it } from 'vitest';
import { codeOfCell, findCells, markdownOfCell, newMarker, outlineCells } from '../../../src/editor/python/cells.js';

const light = { format: 'light' } as const;

/** Each cell with its first line and its content. */
function contents(text: string, options: Parameters<typeof findCells>[1] = light): string[] {
  return findCells(text, options).map((cell) => {
    const content = cell.kind === 'code' ? codeOfCell(text, cell, options).code : markdownOfCell(text, cell, options);
    return `${String(cell.startLine)} ${cell.kind}: ${content}`;
  });
}

describe('the light format', () => {
  it.each([
    [
      '# About\n# this\n\n# More\n\n\n# of f\ndef f():\n    a\n\n    b\n\nf()\n',
      ['0 markdown: About\nthis', '3 markdown: More', '6 code: # of f\ndef f():\n    a\n\n    b', '12 code: f()'],
    ],
    ['# +\na = 1\n\n\ndef f(x):\n    return x\n', ['0 code: a = 1\n\n\ndef f(x):\n    return x']],
    ['# +\na\n\nb\n# -\n\nc\n', ['0 code: a\n\nb', '6 code: c']],
    [
      '# +\na\n\nb\n\n# + key="value"\nc\n\nd\n# -\n# text\n',
      ['0 code: a\n\nb', '5 code: c\n\nd', '10 markdown: text'],
    ],
    ['# + endofcell="--"\na\n# -\nb\n# --\n\nc\n', ['0 code: a\n# -\nb', '6 code: c']],
    ['# + {"endofcell": "--"}\na\n\n# -\n# --\n', ['0 code: a\n\n# -']],
    [
      '# + [markdown] key="value"\n# one\n#\n# two\n\n# three\n# -\n\nx\n',
      ['0 markdown: one\n\ntwo\n\nthree', '8 code: x'],
    ],
    ['# + [md]\n"""\none\n\ntwo\n"""\n', ['0 markdown: one\n\ntwo']],
    ['# + [raw]\n# r\n\nx\n', ['0 raw: ']],
    ['# + active=""\n# r\n# -\n\nx\n', ['0 raw: ', '4 code: x']],
    ['# %load_ext a\n\n# !ls\nx\n\n# text\n', ['0 code: %load_ext a', '2 code: !ls\nx', '5 markdown: text']],
    ['# + language="R"\n# f(x)\n# -\n\nx\n', ['0 code: %%R\nf(x)', '4 code: x']],
    [
      '# ---\n# jupyter:\n# ---\n\n# +\n# %%html\n# <p>\n# -\n\n# +\n# %%time\n\nx\n# -\n',
      ['4 code: %%html\n<p>', '9 code: %%time\n\nx'],
    ],
    ['x = """\n\n# +\n"""\n\ny = [\n\n  1]\n', ['0 code: x = """\n\n# +\n"""', '5 code: y = [\n\n  1]']],
    ['if x:\n    a\n\nelse:\n    b\n\nc\n', ['0 code: if x:\n    a\n\nelse:\n    b', '6 code: c']],
    [
      'class A:\n    a = 1\n\n    # about f\n    def f(self): ...\n',
      ['0 code: class A:\n    a = 1\n\n    # about f\n    def f(self): ...'],
    ],
    ['x = 1\n# +\ny = 2\n', ['0 code: x = 1', '1 code: y = 2']],
    ['a = 1\n\n\n\n   \nb = 2', ['0 code: a = 1', '5 code: b = 2']],
    [
      '#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n# ---\n# jupyter:\n#   jupytext:\n# ---\n\n# text\n',
      ['7 markdown: text'],
    ],
    ['# ---\n# a rule, no header\n', ['0 markdown: ---\na rule, no header']],
    [
      '!ls\n\n%timeit f(\n\n%%bash\necho\n\necho\n',
      ['0 code: !ls', '2 code: %timeit f(', '4 code: %%bash\necho\n\necho'],
    ],
    ['', []],
    ['\n\n', []],
    ['# +\n', ['0 code: ']],
    ['# +\n# -\n', ['0 code: ']],
    ['x = 1\r\n\r\n# text\r\n', ['0 code: x = 1', '2 markdown: text']],
  ] as [string, string[]][])('reads %j', (text, expected) => {
    expect(contents(text)).toEqual(expected);
  });

  it('covers each line of the text once', () => {
    const cells = findCells('# a\n\nx\n\n\n# +\ny\n# -\n\nz\n', light);
    expect(cells.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
      [0, 1],
      [2, 4],
      [5, 8],
      [9, 10],
    ]);
  });

  it('is not that of a file with markers, nor the default', () => {
    expect(contents('import os\n\n# %% a\nx\n\ny\n')).toEqual(['0 code: import os', '2 code: x\n\ny']);
    expect(contents('x\n\ny\n', {})).toEqual([]);
    expect(contents('# --- a\nx\n\ny\n', { ...light, marker: '^# ---' })).toEqual(['0 code: x\n\ny']);
  });

  it('names cells by their titles or first lines', () => {
    const text = '# # About\n\n# + Load tags=["a"]\nx\n\ny\n# -\n\nz = 1\n';
    const outlined = outlineCells(text, findCells(text, light), light);
    expect(outlined.map(({ name, kind, children }) => [name, kind, children.length])).toEqual([
      ['About', 'markdown', 0],
      ['Load', 'code', 0],
      ['z = 1', 'code', 0],
    ]);
  });

  it('has no marker for a new cell', () => {
    expect(newMarker('x\n\ny\n', light)).toBeUndefined();
    expect(newMarker('# %%\nx\n', light)).toBe('# %%');
  });
});
