import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeCellKind } from '../../../../src/editor/cellEdits/changeCellKind.js';
import { deleteCell } from '../../../../src/editor/cellEdits/deleteCell.js';
import { insertCellAbove, insertCellBelow } from '../../../../src/editor/cellEdits/insertCell.js';
import { mergeCellBelow } from '../../../../src/editor/cellEdits/mergeCells.js';
import { moveCellDown, moveCellUp } from '../../../../src/editor/cellEdits/moveCell.js';
import { splitCell } from '../../../../src/editor/cellEdits/splitCell.js';
import type { CellPlace } from '../../../../src/editor/cellEdits/cellPlace.js';
import { edited } from './edited.js';

const toMarkdown = (place: CellPlace) => changeCellKind(place, 'markdown');
const toCode = (place: CellPlace) => changeCellKind(place, 'code');

describe('a new cell', () => {
  it.each([
    ['# %% a\nx‸\n\n# %% b\ny\n', '# %%\n‸\n\n# %% a\nx\n\n# %% b\ny\n'],
    ['# %% a\nx\n\n# %% b\ny‸\n', '# %% a\nx\n\n# %%\n‸\n\n# %% b\ny\n'],
    ['# %% a\nx\n# %% b\n‸y\n', '# %% a\nx\n# %%\n‸\n# %% b\ny\n'],
    ['#!/usr/bin/python\n\nimport os‸\n\n# %% b\n', '#!/usr/bin/python\n\n# %%\n‸\n\n# %%\nimport os\n\n# %% b\n'],
    ['# note\nx = 1‸\n', '# note\n# %%\n‸\n\n# %%\nx = 1\n'],
    ['‸', '# %%\n‸'],
  ])('above %j', (before, after) => {
    expect(edited(before, insertCellAbove)).toBe(after);
  });

  it.each([
    ['# %% a\nx‸\n\n# %% b\ny\n', '# %% a\nx\n\n# %%\n‸\n\n# %% b\ny\n'],
    ['# %% a\nx‸\n# %% b\ny\n', '# %% a\nx\n# %%\n‸\n# %% b\ny\n'],
    ['# %% a\nx‸', '# %% a\nx\n\n# %%\n‸'],
    ['# %% a\nx‸\n', '# %% a\nx\n\n# %%\n‸'],
    ['import os‸\n# %% b\n', 'import os\n# %%\n‸\n# %% b\n'],
    ['x = 1‸', 'x = 1\n\n# %%\n‸'],
    ['# COMMAND ----------\nx‸\n', '# COMMAND ----------\nx\n\n# COMMAND ----------\n‸'],
    ['# %% a\n# %%% b\nx‸\n# %%% c\n', '# %% a\n# %%% b\nx\n# %%%\n‸\n# %%% c\n'],
  ])('below %j', (before, after) => {
    expect(edited(before, insertCellBelow)).toBe(after);
  });

  it('begins with the marker that the user has set, or is not made when nobody knows it', () => {
    expect(edited('# --- a\nx‸', insertCellBelow, { marker: '^# ---' })).toBe('# --- a\nx\n\n# ---\n‸');
    expect(edited('x‸', insertCellBelow, { marker: '^# ---' })).toBeUndefined();
  });
});

describe('a cell that is moved', () => {
  const FILE = '# note\n\n# %% a\nx\n\n\n# %% b\ny\ny\n# %% c\nz';

  it.each([
    ['up', moveCellUp, '# %% b\ny‸', '# note\n\n# %% b\ny‸\ny\n\n\n# %% a\nx\n# %% c\nz'],
    ['down', moveCellDown, '# %% a\nx‸', '# note\n\n# %% b\ny\ny\n\n\n# %% a\nx‸\n# %% c\nz'],
    ['down to the end of a file without a line break there', moveCellDown, '# %% b‸', FILE_B_LAST()],
    ['up from there', moveCellUp, '# %% c\nz‸', '# note\n\n# %% a\nx\n\n\n# %% c\nz‸\n# %% b\ny\ny'],
  ])('goes %s, with the cursor, and blank lines stay', (_, command, place, after) => {
    expect(edited(FILE.replace(place.replace('‸', ''), place), command)).toBe(after);
  });

  function FILE_B_LAST() {
    return '# note\n\n# %% a\nx\n\n\n# %% c\nz\n# %% b‸\ny\ny';
  }

  it('stays where there is none above or below', () => {
    expect(edited('# %% a\n‸x\n# %% b\n', moveCellUp)).toBeUndefined();
    expect(edited('# %% a\nx\n# %% b‸\n', moveCellDown)).toBeUndefined();
    expect(edited('x‸\n', moveCellDown)).toBeUndefined();
  });

  it('above code without a marker: the code gets one', () => {
    expect(edited('# note\nimport os\n\n# %% b\n‸y\n', moveCellUp)).toBe('# note\n# %% b\n‸y\n\n# %%\nimport os\n');
    expect(edited('import os‸\n# %% b\ny\n', moveCellDown)).toBe('# %% b\ny\n# %%\nimport os‸\n');
  });

  it('is where it was after the way back', () => {
    const cell = fc.constantFrom('# %%\na\n', '# %% b\nb\n\n', '# %% [markdown]\n# text\n\n\n', '# %% d\n');
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
        const [first = '', ...others] = cells;
        const text = [first.replace('# %%', '# %%‸'), ...others].join('');
        expect(edited(edited(text, moveCellDown) ?? '', moveCellUp)).toBe(text);
      }),
    );
  });
});

describe('a cell that is split', () => {
  it.each([
    ['# %% a\nx\n‸y\n', '# %% a\nx\n\n# %%\n‸y\n'],
    ['# %% a\nx‸\ny\n', '# %% a\nx\n\n# %%\n‸y\n'],
    ['# %% a\nx\n‸\ny\n', '# %% a\nx\n\n# %%\n‸y\n'],
    ['# %% a\nx\n# %% b\ny\n‸z\n', '# %% a\nx\n# %% b\ny\n# %%\n‸z\n'],
    ['# %% a\nx\nf(1,\n  ‸2)\n', '# %% a\nx\n\n# %%\n‸f(1,\n  2)\n'],
    ['# %% a\nx\nif x:\n    y‸\n    z\n', '# %% a\nx\n\n# %%\n‸if x:\n    y\n    z\n'],
    ['# %% a\nx\nif x:\n    y‸\nz\n', '# %% a\nx\nif x:\n    y\n\n# %%\n‸z\n'],
    ['# %% a\nx\ns = """\n‸# no cell\n"""\n', '# %% a\nx\n\n# %%\n‸s = """\n# no cell\n"""\n'],
    ['# %% a\nx\n‸# about y\ny\n', '# %% a\nx\n\n# %%\n‸# about y\ny\n'],
    ['# %% ‸a\nx\n', '# %% a\n# %%\n‸x\n'],
    ['# %% a\n‸x\n', '# %% a\n# %%\n‸x\n'],
    ['# %% a\nx‸', '# %% a\nx\n\n# %%\n‸'],
    ['x\n‸y\n', 'x\n\n# %%\n‸y\n'],
    ['# %% [markdown]\n# a\n‸# b\n', '# %% [markdown]\n# a\n\n# %% [markdown]\n‸# b\n'],
    ['# %% [markdown]\n# # A ‸text\n', '# %% [markdown]\n# # A\n\n# %% [markdown]\n# ‸text\n'],
    ['# %%\nx\n‸\n# %% b\n', '# %%\nx\n\n# %%\n‸\n\n# %% b\n'],
    ['# %%% a\nx\n‸y\n', '# %%% a\nx\n\n# %%%\n‸y\n'],
    ['# %%\n%%bash\nls\n‸pwd\n', '# %%\n%%bash\nls\n\n# %%\n%%bash\n‸pwd\n'],
    ['# %%\n%%time\nx\n‸y\n', '# %%\n# %%\n‸%%time\nx\ny\n'],
    ['# %% language="sh"\n# ls\n‸# pwd\n', '# %% language="sh"\n# ls\n\n# %% language="sh"\n‸# pwd\n'],
    [
      '# COMMAND ----------\n\n# MAGIC %sql\n# MAGIC a;\n# MAGIC ‸b\n',
      '# COMMAND ----------\n\n# MAGIC %sql\n# MAGIC a;\n\n# COMMAND ----------\n# MAGIC %sql\n‸# MAGIC b\n',
    ],
  ])('%j', (before, after) => {
    expect(edited(before, splitCell)).toBe(after);
  });

  it('in TypeScript', () => {
    const after = '// %% a\nf();\n\n// %%\n‸if (x) {\n  g();\n}\n';
    expect(edited('// %% a\nf();\nif (x) {\n  ‸g();\n}\n', splitCell, { languageId: 'typescript' })).toBe(after);
  });
});

describe('a cell and the one below', () => {
  it.each([
    ['# %% a\nx‸\n\n# %%\ny\n', '# %% a\nx\n\ny\n'],
    ['# %% a\nx‸\n# %% b\ny\n', '# %% a\nx\n# b\ny\n'],
    ['# %%\nx‸\n\n# %%\n\ny\n', '# %%\nx\n\ny\n'],
    ['x‸\n# %%\ny\n', 'x\ny\n'],
    ['# %%\nx‸\n# %% [markdown]\n# text\n', '# %%\nx\n# text\n'],
    ['# %% [markdown]\n# text‸\n# %%\ny = 1\n', '# %% [markdown]\n# text\n# y = 1\n'],
    ['# %% [md]\n"""\na‸\n"""\n\n# %% [md] T\n"""\nb\n"""\n', '# %% [md]\n"""\na\n\nT\nb\n"""\n'],
    ['# %% [md]\n"""a‸"""\n# %%\nx\n', '# %% [md]\n"""a\nx\n"""\n'],
    ['# %% [md]\n# a‸\n# %% [md]\n"""\nb\n"""\n', '# %% [md]\n# a\n# b\n'],
    [
      '# COMMAND ----------\n\n# MAGIC %md\n# MAGIC a‸\n\n# COMMAND ----------\n\n# DBTITLE 1,T\n# MAGIC %md b\n',
      '# COMMAND ----------\n\n# MAGIC %md\n# MAGIC a\n# MAGIC\n# MAGIC T\n# MAGIC b\n',
    ],
    [
      '# COMMAND ----------\n\nx‸\n\n# COMMAND ----------\n\n# MAGIC %md\n# MAGIC a\n',
      '# COMMAND ----------\n\nx\n\n# a\n',
    ],
  ])('become one: %j', (before, after) => {
    expect(edited(before, mergeCellBelow)).toBe(after);
  });

  it('stay two where there is none', () => {
    expect(edited('# %% a\nx‸\n', mergeCellBelow)).toBeUndefined();
  });

  it('are what they were after a split', () => {
    expect(
      edited(edited('# %%\nx\n\n‸y\n', splitCell)?.replace('‸', '').replace('x', 'x‸') ?? '', mergeCellBelow),
    ).toBe('# %%\nx\n\ny\n');
  });
});

describe('a cell that is deleted', () => {
  it.each([
    ['# %% a\nx‸\n\n# %% b\ny\n', '‸# %% b\ny\n'],
    ['# %% a\nx\n\n# %% b\ny‸\n', '‸# %% a\nx\n'],
    ['# %% a\nx\n# %% b\ny‸\n# %% c\n', '# %% a\nx\n‸# %% c\n'],
    ['#!/bin/python\nimport os‸\n\n# %% b\n', '#!/bin/python\n‸# %% b\n'],
    ['# %% a\nx‸\n', '‸'],
    ['# Databricks notebook source\nx‸\n', '# Databricks notebook source\n‸'],
  ])('%j', (before, after) => {
    expect(edited(before, deleteCell)).toBe(after);
  });
});

describe('a cell of another kind', () => {
  it.each([
    ['# %%\nx = 1‸\n\n# note\n', '# %% [markdown]\n# x = 1\n\n# # note\n'],
    ['# %% About‸\nx\n', '# %% [markdown] About\n# x\n'],
    ['# In[3]:\nx‸\n', '# %% [markdown]\n# x\n'],
    ['# <codecell>\nx‸\n', '# <markdowncell>\n# x\n'],
    ['# note\nx‸\n# %%\n', '# note\n# %% [markdown]\n# x\n# %%\n'],
    ['# %% [raw]\n# x‸\n', '# %% [markdown]\n# x\n'],
    ['# COMMAND ----------\n\nx‸\ny\n', '# COMMAND ----------\n\n# MAGIC %md\n# MAGIC x\n# MAGIC y\n'],
    [
      '# Databricks notebook source\nx‸\n\ny\n',
      '# Databricks notebook source\n# MAGIC %md\n# MAGIC x\n# MAGIC\n# MAGIC y\n',
    ],
    ['# COMMAND ----------\n# DBTITLE 1,T\nx‸\n', '# COMMAND ----------\n# DBTITLE 1,T\n# MAGIC %md\n# MAGIC x\n'],
    ['# COMMAND ----------\n# MAGIC %sql a‸\n', '# COMMAND ----------\n# MAGIC %md\n# MAGIC %sql a\n'],
    ['# %%\n"""\nx‸\n"""\n', '# %% [markdown]\n"""\nx\n"""\n'],
  ])('is text: %j', (before, after) => {
    expect(edited(before, toMarkdown)).toBe(after);
  });

  it.each([
    ['# %% [markdown]\n# x = 1‸\n\n# # note\n', '# %%\nx = 1\n\n# note\n'],
    ['# %% About [markdown] tags=["a"]\n#x‸\n', '# %% About tags=["a"]\nx\n'],
    ['# <markdowncell>\n# x‸\n', '# <codecell>\nx\n'],
    ['#%% md {"a": 1}\n# x‸\n', '#%% {"a": 1}\nx\n'],
    ['# COMMAND ----------\n# DBTITLE 1,T\n# MAGIC %md x‸\n', '# COMMAND ----------\n# DBTITLE 1,T\nx\n'],
    ['# COMMAND ----------\n\n# MAGIC %md‸\n# MAGIC x\n', '# COMMAND ----------\n\nx\n'],
    ['# COMMAND ----------\n\n# MAGIC %md about‸\n# MAGIC x\n', '# COMMAND ----------\n\nabout\nx\n'],
    ['# %% [markdown]\n"""\n# x‸\n"""\n', '# %%\n"""\n# x\n"""\n'],
  ])('is code: %j', (before, after) => {
    expect(edited(before, toCode)).toBe(after);
  });

  it('in JavaScript, there and back', () => {
    const options = { languageId: 'javascript' };
    const text = edited('// %% Sum\nconst a = 1;‸\n// b\n', toMarkdown, options);
    expect(text).toBe('// %% [markdown] Sum\n// const a = 1;\n// // b\n');
    expect(edited(text?.replace('Sum', 'Sum‸') ?? '', toCode, options)).toBe('// %% Sum\nconst a = 1;\n// b\n');
  });

  it('stays as it is when it is of that kind', () => {
    expect(edited('# %%\nx‸\n', toCode)).toBeUndefined();
    expect(edited('# %% [md]\n# x‸\n', toMarkdown)).toBeUndefined();
  });
});

describe('The first line of a Databricks notebook', () => {
  const notebook = '# Databricks notebook source\nx‸\n\n# COMMAND ----------\n\ny\n';

  it.each([
    ['moved', moveCellDown, '# Databricks notebook source\n# COMMAND ----------\n\ny\n\n# COMMAND ----------\nx‸\n'],
    ['deleted', deleteCell, '# Databricks notebook source\n‸# COMMAND ----------\n\ny\n'],
    [
      'below another',
      insertCellAbove,
      '# Databricks notebook source\n# COMMAND ----------\n‸\n\n# COMMAND ----------\nx\n\n# COMMAND ----------\n\ny\n',
    ],
  ])('stays the first when the cell below it is %s', (_, command, after) => {
    expect(edited(notebook, command)).toBe(after);
  });
});

describe('A text in a string', () => {
  it.each([
    ['# %% [md]\n"""\na‸\nb\n"""\n', '# %% [md]\n"""\na\n"""\n\n# %% [markdown]\n"""\n‸b\n"""\n'],
    ['# %% [md]\nr"""‸\na\n"""\n', '# %% [md]\nr"""\n"""\n\n# %% [markdown]\nr"""\n‸a\n"""\n'],
    ['# %% [md]\n"""a\n‸b"""\n', '# %% [md]\n"""a\n"""\n\n# %% [markdown]\n"""\n‸b"""\n'],
    ['# %% [md]\n"""\na\n"""‸\n', '# %% [md]\n"""\na\n"""\n\n# %% [markdown]\n"""\n‸"""\n'],
  ])('is split into two strings: %j', (before, after) => {
    expect(edited(before, splitCell)).toBe(after);
  });
});

it('A new cell has the marker of a file whose markers have no space', () => {
  expect(edited('#%% a\nx‸\n', insertCellBelow)).toBe('#%% a\nx\n\n#%%\n‸');
});
