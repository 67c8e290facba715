import { describe, expect, it } from 'vitest';
import { customMarkers } from '../../../src/editor/cells/customMarkers.js';
import { codeOfCell, findCells, newMarker } from '../../../src/editor/python/cells.js';
import { languageNamed } from './languageNamed.js';

const titles = (text: string) => findCells(text).map(({ kind, title }) => `${kind}: ${title}`);

describe('findCells', () => {
  it('ends a cell before the next marker', () => {
    expect(findCells('# %% one\na\n\n# %%\nb\n')).toEqual([
      { startLine: 0, endLine: 2, kind: 'code', title: 'one' },
      { startLine: 3, endLine: 5, kind: 'code', title: '' },
    ]);
  });

  it.each([
    ['# %%', 'code: '],
    ['#%%', 'code: '],
    ['#  %% Load the data', 'code: Load the data'],
    ['# %%% Detail', 'code: Detail'],
    ['# In[ ]:', 'code: '],
    ['# In [12]:', 'code: '],
    ['# In[*]:', 'code: '],
    ['# COMMAND ----------', 'code: '],
    ['# COMMAND ----------\n# DBTITLE 1,Load', 'code: Load'],
    ['# COMMAND ----------\n# MAGIC %md', 'markdown: '],
    ['# COMMAND ----------\n\n# MAGIC %md\n# MAGIC # hi', 'markdown: '],
    ['# COMMAND ----------\n\n# DBTITLE 1,Load', 'code: Load'],
    ['# COMMAND ----------\n\n# DBTITLE 1,About\n# MAGIC %md', 'markdown: About'],
    ['# Databricks notebook source\n# MAGIC %md', 'markdown: '],
    ['# Databricks notebook source\nimport os', 'code: '],
    ['# <codecell>', 'code: '],
    ['#%% md', 'markdown: '],
    ['#%% raw', 'raw: '],
    ['# %% md5 of a file', 'code: md5 of a file'],
    ['# %% Load [markdown] tags=["x"] jupyter={"source_hidden": true}', 'markdown: Load'],
    ['# %% [raw] raw_mimetype="text/html"', 'raw: '],
    ['# %% [code] {"_kg_hide-input":true}', 'code: '],
    ['# %% id="Zx" colab={"base_uri": "https://localhost:8080/"}', 'code: '],
    ['# <markdowncell>', 'markdown: '],
    ['# %% [markdown]', 'markdown: '],
    ['# %% [markdown] About', 'markdown: About'],
    ['# %% About [md]', 'markdown: About'],
    ['# %% [raw]', 'raw: '],
    ['# %% Load tags=["a", "b"] n=1', 'code: Load'],
    ['# %% Load {"tags": []}', 'code: Load'],
    ['# %% a = b', 'code: a = b'],
    ['# %% Learning rate=0.1', 'code: Learning rate=0.1'],
    ['# %% x = {"a": 1}', 'code: x = {"a": 1}'],
    ['# %% Load a={"b": [1, 2]} n=1 c=true', 'code: Load'],
    ['# %% tags=["a"]', 'code: '],
    ['# %% n=1 and "more"', 'code: n=1 and "more"'],
    ['# %% Foo [markdown] bar', 'markdown: Foo bar'],
    ['# %% [markdown]: Foo', 'markdown: Foo'],
    ['#%% md {"collapsed": true}', 'markdown: '],
    ['# %% Load scrolled=true', 'code: Load'],
    ['# %% [markdown] heading_collapsed=true', 'markdown: '],
    ['# %% debug=True', 'code: debug=True'],
  ])('reads %j', (marker, expected) => {
    expect(titles(`${marker}\nx = 1\n`)).toEqual([expected]);
  });

  it.each([
    ['in a string', 'x = """\n# %%\n"""\n'],
    ['inside brackets', 'x = [\n# %%\n1]\n'],
    ['indented', 'if x:\n    # %%\n    y\n'],
    ['after code', 'x = 1  # %%\n'],
    ['in a word', '# 50%% off\n'],
    ['for folding', '#region\nx\n#endregion\n'],
  ])('takes a marker %s for none', (_, text) => {
    expect(findCells(text)).toEqual([]);
  });

  it('makes a cell of the code before the first marker', () => {
    expect(findCells('import os\n# %%\nx\n')[0]).toEqual({
      startLine: 0,
      endLine: 0,
      kind: 'code',
      title: '',
      isUnmarked: true,
    });
  });

  it.each([
    ['# MAGIC %pip install x', '%pip install x', 2],
    ['# DBTITLE 1,Set up\n# MAGIC %sh\n# MAGIC ls -l\n# MAGIC\n# MAGIC df', '%%sh\nls -l\n\ndf', 3],
    ['# MAGIC %sh ls', '%%sh\nls', 2],
    ['# MAGIC %python\n# MAGIC x = 1', '\nx = 1', 2],
    ['# MAGIC %sql\n# MAGIC SELECT 1', '', 0],
    ['# MAGIC %run ./other', '', 0],
  ])('runs what Databricks keeps in comments: %j', (content, code, firstLine) => {
    const text = `# COMMAND ----------\n\n${content}\n\n# COMMAND ----------\n`;
    expect(codeOfCell(text, findCells(text)[0] ?? { startLine: 9, endLine: 9 })).toEqual({ code, firstLine });
  });

  it.each([
    ['# %% language="bash"\n# ls\n#\n# echo a\n', '%%bash\nls\n\necho a'],
    ['# %% Query language="sql" magic_args="-o df"\n# SELECT 1\n', '%%sql -o df\nSELECT 1'],
    ['# %% language="bash"\nx = 1\n', 'x = 1'],
    ['# %% language="bash"\n\n', ''],
    ['# %% active="ipynb,py"\n# x = 1\n# # about y\n', 'x = 1\n# about y'],
    ['# %% tags=["a", "active-ipynb"]\n# x = 1\n', 'x = 1'],
    ['# %% active="py"\n# x = 1\n', ''],
  ])('runs what Jupytext keeps in comments: %j', (text, code) => {
    expect(codeOfCell(text, { startLine: 0, endLine: text.split('\n').length - 1 }).code).toBe(code);
  });

  const jupytext = (rest = '') => `#!/usr/bin/env python3\n# ---\n# title: a\n# jupyter:\n${rest}# ---\n\n`;

  it.each([
    ['# %%\n# %matplotlib inline\nx = 1\n', ['%matplotlib inline\nx = 1']],
    ['# %%\n# %load_ext a\n\n# %% b\n# ?next\n', ['%load_ext a', '?next']],
    ['# %%\nfiles = 1\n# files = !ls \\\n#   -l\n# -l\n', ['files = 1\nfiles = !ls \\\n  -l\n# -l']],
    ['# %%\nif x:\n    # !ls\n    y\n', ['if x:\n    !ls\n    y']],
    ['# %%\n# %%time\n\nx = 1\n# %%\n# %%R\n# # a\n# f(x)\n', ['%%time\n\nx = 1', '%%R\n# a\nf(x)']],
    [
      '# %%\n# # %time\n# 50 % of\n#%time\nx = """\n# %time\n"""\n',
      ['# # %time\n# 50 % of\n#%time\nx = """\n# %time\n"""'],
    ],
    ['# %%\r\n# %time x\r\ny\r\n', ['%time x\r\ny']],
  ])('runs the magics that Jupytext keeps in comments: %j', (content, codes) => {
    const header = jupytext();
    const text = (content.includes('\r') ? header.replaceAll('\n', '\r\n') : header) + content;
    expect(findCells(text).map((cell) => codeOfCell(text, cell).code)).toEqual(codes);
  });

  it.each([
    '',
    jupytext('#       format_name: hydrogen\n'),
    jupytext('#     comment_magics: false\n'),
    '# ---\n# a: b\n# ---\n',
    `# about\n${jupytext()}`,
  ])('leaves comments alone where Jupytext has no magics in them: %j', (header) => {
    const text = `${header}# %%\n# %time x\ny\n`;
    expect(findCells(text).map((cell) => codeOfCell(text, cell).code)).toEqual(['# %time x\ny']);
  });

  it("makes no cell of Jupytext's header", () => {
    const header = '# ---\n# jupyter:\n#   jupytext:\n#     formats: ipynb,py:percent\n# ---\n\n';
    expect(titles(`${header}# %% [markdown]\n# # About\n\n# %% Sum\n1 + 1\n`)).toEqual(['markdown: ', 'code: Sum']);
    expect(findCells(header)).toEqual([]);
  });

  it.each([
    ['// %% title [markdown] tags=["x"]\n// a\n', 'markdown: title', ''],
    ['//%% [raw]\n// a\n', 'raw: ', ''],
    ['// ---\n// jupyter: x\n// ---\n\n// %% Sum n=1 tags=["a"]\n1 + 1;\n', 'code: Sum', '1 + 1;'],
    ['// In[2]:\n\n\nf();\n', 'code: ', 'f();'],
    ['// COMMAND ----------\n\n// MAGIC %md\n// MAGIC hi\n', 'markdown: ', ''],
  ])('reads JavaScript and TypeScript alike: %j', (text, expected, code) => {
    for (const id of ['javascript', 'typescriptreact']) {
      const language = languageNamed(id);
      const [cell = { startLine: 9, endLine: 9, kind: 'raw', title: '' }] = language.findCells(text, {});
      expect(`${cell.kind}: ${cell.title}`).toBe(expected);
      expect(language.codeOfCell(text, cell, {}).code).toBe(code);
    }
  });

  it.each([
    ['python', '# %% [markdown]\n# # About\n#\n# some *text*\n#no space\n\n', '# About\n\nsome *text*\nno space'],
    ['python', '# %% About [md] tags=["x"]\n#   - indented\n', '- indented'],
    ['python', '# %% [markdown]\n#\n#     code\n# text\n', '    code\ntext'],
    ['python', '# %% [markdown]\n"""a"""\n"""b"""\n', '"""a"""\n"""b"""'],
    ['python', '# %% [markdown]\n"""\n# About\n\n    code\n"""\n', '# About\n\n    code'],
    ['python', "# %% [markdown]\nr'''$\\mu$'''\n", '$\\mu$'],
    ['python', '# %% [markdown]\n# text\n"""\nmore\n"""\n', 'text\n"""\nmore\n"""'],
    ['python', '# <markdowncell>\n\n# text\n', 'text'],
    ['python', '#%% md\n# # MAGIC words\n', '# MAGIC words'],
    ['python', '# COMMAND ----------\n\n# MAGIC %md\n# MAGIC # About\n# MAGIC\n# MAGIC text\n', '# About\n\ntext'],
    ['python', '# COMMAND ----------\n\n# DBTITLE 1,Title\n# MAGIC %md # About\n', '# About'],
    ['python', '# %% [raw]\n# text\n', ''],
    ['python', '# %% text\n# text\n', ''],
    ['python', '# %% [markdown]\n\n', ''],
    ['typescript', '// %% [markdown]\n// # About\n// text // more\n', '# About\ntext // more'],
    ['javascript', '// %% [markdown]\n/*\n# About\n*/\n', '# About'],
  ])('reads the Markdown of a cell in %s: %j', (id, text, markdown) => {
    const [cell = { startLine: 0, endLine: 0, kind: 'raw' as const }] = languageNamed(id).findCells(text, {});
    expect(languageNamed(id).markdownOfCell(text, cell, {})).toBe(markdown);
  });

  it('makes no cell of comments before the first marker', () => {
    expect(findCells('#!/usr/bin/env python3\n\n# %%\nx\n')).toHaveLength(1);
  });

  it('finds a marker below a bracket that was left open', () => {
    expect(findCells('# %%\nfoo(\n# %%\nx = 1\ndef f(): pass\n')).toHaveLength(2);
  });

  it('takes a marker of the user', () => {
    expect(findCells('# --- a\nx\n# %%\ny\n', { marker: '^# -{3}' })).toEqual([
      { startLine: 0, endLine: 4, kind: 'code', title: 'a' },
    ]);
  });

  it('falls back to the usual markers when the marker is invalid', () => {
    expect(findCells('# %%\nx\n', { marker: '(' })).toHaveLength(1);
    expect([customMarkers.problemOf('('), customMarkers.problemOf('^# --')]).toEqual(['invalid', undefined]);
  });

  it.each([
    String.raw`^(#\s*%%|#\s*\<codecell\>|#\s*In\[\d*?\]|#\s*In\[ \])`,
    String.raw`^\#\s*%%`,
    String.raw`^#\s*\%\%`,
    '   ',
  ])('takes the marker %j of another tool', (marker) => {
    expect(customMarkers.problemOf(marker)).toBeUndefined();
    expect(findCells('# %% a\nx\n', { marker }).map(({ title }) => title)).toEqual(['a']);
  });

  it.each([
    ['x\n# %% a\n    y = """\n    """\n    z\n', 'y = """\n    """\nz', 2],
    ['# %% a\n# note\n    y\n        # deeper\n    z\n', '# note\ny\n    # deeper\nz', 1],
    ['# %% a\nif x:\n    y\n', 'if x:\n    y', 1],
  ])('runs a cell within a block: %j', (text, code, firstLine) => {
    const cell = findCells(text).at(-1) ?? { startLine: 0, endLine: 0 };
    expect(codeOfCell(text, cell)).toEqual({ code, firstLine });
  });

  it.each([
    ['# %% a\nx\n', '', '# %%'],
    ['# In[1]:\nx\n', '', '# %%'],
    ['# COMMAND ----------\nx\n', '', '# COMMAND ----------'],
    ['# Databricks notebook source\nx\n', '', '# COMMAND ----------'],
    ['# %% a\nx\n', '^# (%%|--)', '# %%'],
    ['# --- a\nx\n# --- b\n', '-{3}', '# ---'],
    ['x\n', '^# -{3}', undefined],
    ['# --- a\nx\n', '^#(?= --- )', undefined],
  ])('a new cell below %j, where the marker is %j, begins with %j', (text, marker, expected) => {
    expect(newMarker(text, { marker })).toBe(expected);
  });

  it('reads CRLF', () => {
    expect(findCells('# %% a\r\nx\r\n# %% b\r\ny').map((cell) => [cell.startLine, cell.endLine, cell.title])).toEqual([
      [0, 1, 'a'],
      [2, 3, 'b'],
    ]);
  });
});
