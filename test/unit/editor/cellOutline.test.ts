import { describe, expect, it } from 'vitest';
import type { OutlinedCell } from '../../../src/editor/cells/cellOutline.js';
import { languageNamed } from './languageNamed.js';

const outlineOf = (id: string, text: string): readonly OutlinedCell[] => {
  const language = languageNamed(id);
  return language.outlineCells(text, language.findCells(text, {}), {});
};
const namesIn = (text: string, id = 'python') => outlineOf(id, text).map(({ name }) => name);
const treeOf = (cells: readonly OutlinedCell[]): unknown[] =>
  cells.map(({ startLine, endLine, children }) => [startLine, endLine, ...treeOf(children)]);

describe('outlineCells', () => {
  it.each([
    ['its title', '# %% Load\nimport os\n', 'Load'],
    ['its first comment, without a title', '# %%\n\n## Load it\nimport os\n', 'Load it'],
    ['its first line of code, without either', '# %%\nimport os\nimport re\n', 'import os'],
    ['its code, below a rule', '# %% --------\nimport os\n', 'import os'],
    ['nothing, when it is empty', '# %%\n\n', ''],
    ['its first heading, of text', '# %% [markdown]\n# As said.\n# ## Load it ##\n# # Later\n', 'Load it'],
    ['its first line, of text without a heading', '# %% [markdown]\n#\n# As said.\n', 'As said.'],
    ['the title of text', '# %% [markdown] About\n# # Load\n', 'About'],
    ['a heading in a string', '# %% [markdown]\n"""\n# Load\n"""\n', 'Load'],
    ['a heading that begins with the string', '# %% [markdown]\n"""# Load"""\n', 'Load'],
    ['a heading of Databricks', '# COMMAND ----------\n\n# MAGIC %md\n# MAGIC # Load\n', 'Load'],
    ['a heading of Databricks on one line', '# COMMAND ----------\n# MAGIC %md # Load\n', 'Load'],
    ['what Databricks runs elsewhere', '# COMMAND ----------\n# MAGIC %sql select 1\n', '%sql select 1'],
  ])('names a cell by %s', (_, text, name) => {
    expect(namesIn(text)).toEqual([name]);
  });

  it('finds the name soon in a long line', () => {
    const spaces = ' '.repeat(100_000);
    expect(namesIn(`# %% [markdown]\n# # Load${spaces}x\n`)).toEqual(['Load']);
    expect(namesIn(`# %%${spaces}x${spaces}tags=["a"${spaces}x\nimport os\n`)).toEqual(['import os']);
  });

  it.each([
    ['// %% Load\n1;\n', 'Load'],
    ['// %%\n// Load it\n1;\n', 'Load it'],
    ['// %% [markdown]\n// # Load it\n', 'Load it'],
    ['// %% [markdown]\n/*\n# Load it\n*/\n', 'Load it'],
  ])('names the cell of JavaScript %j', (text, name) => {
    expect(namesIn(text, 'javascript')).toEqual([name]);
  });

  it('names what stands before the first marker by its code: comments there are about the file', () => {
    expect(namesIn('#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nimport os\n# %% Load\n')).toEqual([
      'import os',
      'Load',
    ]);
  });

  it('cuts long names', () => {
    expect(namesIn(`# %%\n${'x'.repeat(1000)}\n`)[0]).toHaveLength(100);
  });

  it('puts cells with more % below those with fewer, up to the end of the last', () => {
    const text = 'import os\n# %% a\n# %%% b\n# %%%% c\n# %%% d\n# %% e\n# %%% f\n# COMMAND ----------\n1';
    expect(treeOf(outlineOf('python', text))).toEqual([
      [0, 0],
      [1, 4, [2, 3, [3, 3]], [4, 4]],
      [5, 6, [6, 6]],
      [7, 8],
    ]);
  });

  it('begins cells at the marker of the user', () => {
    const options = { marker: '^# ---' };
    const text = '# --- Load\n# %% x\n1\n# ---\n2\n';
    const python = languageNamed('python');
    expect(python.outlineCells(text, python.findCells(text, options), options).map(({ name }) => name)).toEqual([
      'Load',
      '2',
    ]);
  });
});
