import { describe, expect, it } from 'vitest';
import { valueSummary } from '../../../../src/editor/marks/valueSummary.js';
import { png } from '../../../support/panelPage/png.js';

const frame = (rows: number, note = ''): string =>
  `<div><table border="1" class="dataframe"><thead><tr style="text-align: right;"><th></th><th>a</th><th>b &amp; c</th></tr></thead><tbody>${'<tr><th>0</th><td>1</td><td>x</td></tr>'.repeat(rows)}</tbody></table>${note}</div>`;
const styler = `<style type="text/css"></style><table id="T_1"><thead><tr><th class="blank">&nbsp;</th><th>a</th><th>b</th><th>c</th></tr></thead><tbody>${'<tr><th>0</th><td>1</td></tr>'.repeat(5)}</tbody></table>`;
const polars = `<div><small>shape: (1_000, 2)</small><table border="1" class="dataframe"><thead><tr><th>a</th><th>b</th></tr><tr><td>i64</td><td>str</td></tr></thead><tbody><tr><td>1</td></tr></tbody></table></div>`;
const bare = (name: string): string => `<${name} object at 0x7f1d25789710>`;

describe('a value on one line', () => {
  it.for([
    ['a frame', { 'text/plain': '   a b & c\n0  1', 'text/html': frame(3) }, 'DataFrame 3 × 2: a, b & c'],
    [
      'a shortened frame',
      { 'text/plain': 'x\ny', 'text/html': frame(2, '<p>1000 rows × 30 columns</p>') },
      'DataFrame 1000 × 30: a, b & c',
    ],
    [
      'a wide frame',
      {
        'text/plain': 'x\ny',
        'text/html': `<table class="dataframe"><thead><tr><th></th>${Array.from({ length: 14 }, (_, at) => `<th>${String(at)}</th>`).join('')}</tr></thead></table>`,
      },
      'DataFrame 0 × 14: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …',
    ],
    [
      'an empty frame',
      { 'text/plain': 'Empty DataFrame\nColumns: [a]', 'text/html': frame(0) },
      'DataFrame 0 × 2: a, b & c',
    ],
    ['a frame of polars', { 'text/plain': 'shape: (1_000, 2)\n…', 'text/html': polars }, 'DataFrame 1000 × 2: a, b'],
    [
      'a frame with columns of two levels and a named index',
      {
        'text/plain': 'x\ny',
        'text/html':
          '<table class="dataframe"><thead><tr><th></th><th colspan="2" halign="left">b</th></tr><tr><th></th><th>min</th><th>max</th></tr><tr><th>a</th><th></th><th></th></tr></thead><tbody><tr><th>1</th><td>3</td><td>4</td></tr></tbody></table>',
      },
      'DataFrame 1 × 2: min, max',
    ],
    [
      'a cross table',
      {
        'text/plain': 'x\ny',
        'text/html':
          '<table class="dataframe"><thead><tr><th>col_0</th><th>3</th><th>4</th></tr><tr><th>row_0</th><th></th><th></th></tr></thead><tbody><tr><th>1</th><td>1</td><td>0</td></tr></tbody></table>',
      },
      'DataFrame 1 × 2: 3, 4',
    ],
    [
      'a frame of polars without rows',
      {
        'text/plain': 'x\ny',
        'text/html':
          '<small>shape: (0, 2)</small><table border="1" class="dataframe"><thead><tr><th>a</th><th>b</th></tr></thead><tbody></tbody></table>',
      },
      'DataFrame 0 × 2: a, b',
    ],
    [
      'a series of polars',
      {
        'text/plain': "shape: (1_000,)\nSeries: 's' [i64]\n[\n\t0\n\t…\n\t999\n]",
        'text/html': '<table class="dataframe"><thead></thead></table>',
      },
      'Series 1000 (i64): 0, …, 999',
    ],
    ['a Styler', { 'text/plain': bare('pandas.io.formats.style.Styler'), 'text/html': styler }, 'Styler 5 × 3'],
    ['Markdown', { 'text/plain': bare('IPython.core.display.Markdown'), 'text/markdown': '# x' }, 'Markdown'],
    ['LaTeX', { 'text/plain': bare('IPython.core.display.Latex'), 'text/latex': '$x$' }, 'LaTeX'],
    ['an image', { 'text/plain': bare('x.Plot'), 'image/png': png(64, 48) }, 'PNG 64 × 48'],
    [
      'a query of polars',
      { 'text/plain': '<LazyFrame at 0x7F001D2A7FD0>', 'text/html': '<h4>NAIVE QUERY PLAN</h4>' },
      'LazyFrame (HTML)',
    ],
    ['a map', { 'text/plain': bare('folium.folium.Map'), 'text/html': '<div></div>' }, 'Map (HTML)'],
    ['a class of the user', { 'text/plain': bare('__main__.make.<locals>.Card'), 'text/html': 'x' }, 'Card (HTML)'],
    ['a form without text', { 'text/html': '<b>x</b>' }, 'HTML'],
    ['an object', { 'text/plain': bare('x.Thing') }, bare('x.Thing')],
    [
      'a figure',
      { 'text/plain': '<Figure size 640x480 with 1 Axes>', 'image/png': 'x' },
      '<Figure size 640x480 with 1 Axes>',
    ],
    ['an array', { 'text/plain': 'array([[1, 2, 3],\n       [4, 5, 6]])' }, 'array 2 × 3: [[1, 2, 3], [4, 5, 6]]'],
    [
      'a large array',
      { 'text/plain': 'array([[0., ..., 0.],\n       [0., ..., 0.]], shape=(2000, 1000))' },
      'array 2000 × 1000: [[0., ..., 0.], [0., ..., 0.]]',
    ],
    ['an array in older versions', { 'text/plain': 'array([[0., ..., 0.],\n ...])' }, 'array([[0., ..., 0.], ...])'],
    [
      'a Series',
      { 'text/plain': '0    1\n1    2\n     ... \n9   10\nName: n, Length: 10, dtype: int64' },
      'Series 10 (int64): 1, 2, …, 10',
    ],
    ...(
      [
        ['g\n1      a b\n2    c d e\nName: n, dtype: str', 'Series 2 (str): a b, c d e'],
        ['0    [1, 2]\n1       [3]\ndtype: object', 'Series 2 (object): [1, 2], [3]'],
        ["0    a\n1    b\ndtype: category\nCategories (2, str): ['a', 'b']", 'Series 2 (category): a, b'],
        ['0   2020-01-01 10:00\ndtype: datetime64[us, UTC]', 'Series 1 (datetime64[us, UTC]): 2020-01-01 10:00'],
        ['a  1    1\n   2    2\nb  1    3\ndtype: int64', 'Series 3 (int64): 1, 2, 3'],
        ['name\nx    1\ndtype: int64', 'Series 1 (int64): 1'],
        ['0     \n1    a\ndtype: str', 'Series 2 (str): , a'],
        ['array([[ 1.5, -2. ],\n       [ 3. ,  4. ]])', 'array 2 × 2: [[1.5, -2.], [3., 4.]]'],
        ['<IntegerArray>\n[1, <NA>]\nLength: 2, dtype: Int64', 'IntegerArray 2 (Int64): [1, <NA>]'],
        ['array([[  0,  10],\n       [ 20, 100]])', 'array 2 × 2: [[0, 10], [20, 100]]'],
        ['Array([[1., 2.],\n       [3., 4.]], dtype=float32)', 'Array 2 × 2: [[1., 2.], [3., 4.]]'],
        ['[\n   0,  1,  2,\n  10, 11\n]', '[ 0, 1, 2, 10, 11 ]'],
        ['╭─────╮\n│ hi  │\n╰─────╯', 'hi'],
      ] as const
    ).map(([plain, text]) => [plain, { 'text/plain': plain }, text] as const),
    ['a JavaScript object', { 'text/plain': '{\n  a: 1,\n  b: [ 2 ]\n}' }, '{ a: 1, b: [ 2 ] }'],
    ['a number', { 'text/plain': '42' }, '42'],
  ] as const)('says what it is: %s', ([, bundle, text]) => {
    expect(valueSummary(bundle)).toBe(text);
  });

  it('is bounded in length and time', () => {
    for (const part of ['[', '<th>', '<thead>', 'x\n', 'x    1\n', ' ', '─', ', ', '<a ', '&a', '...\n', 'array([']) {
      const text = part.repeat(400_000 / part.length);
      const start = performance.now();
      const bundle = { 'text/plain': `array([[1]\n${text}`, 'text/html': `class="dataframe"<thead>${text}` };
      expect(valueSummary(bundle)?.length).toBeLessThan(130);
      expect(performance.now() - start, part).toBeLessThan(1000);
    }
  });
});
