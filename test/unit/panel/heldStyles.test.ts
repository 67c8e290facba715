import { describe, expect, it } from 'vitest';
import { holdStyles } from '../../../media/panel/rich/markup/heldStyles.js';

describe('styles in markup', () => {
  it.for([
    ['<td style="color: red">x</td>', '<td data-held-style="color: red">x</td>'],
    [`<td a=b/c STYLE = 'x' d>style="no"</td>`, `<td a=b/c data-held-style = 'x' d>style="no"</td>`],
    ['<td title=" style=1 " style=color:red>', '<td title=" style=1 " data-held-style=color:red>'],
    ['<td/style="a"/style="b">', '<td/data-held-style="a"/data-held-style="b">'],
    ['a < b style="x"', 'a < b style="x"'],
  ] as const)('wait under another name: %s', ([markup, held]) => {
    expect(holdStyles(markup)).toMatchObject({ held, rules: '' });
  });

  it('are taken out of sheets', () => {
    const markup = '<STYLE type="text/css">a { b: c }</style>x<style>d</style ><style>never closed';
    expect(holdStyles(markup)).toMatchObject({ held: 'x<style>never closed', rules: 'a { b: c }\nd\n' });
  });

  it.for([
    '<style>',
    '</style',
    '</style ',
    '<style></style',
    '<style>a</style>',
    '<a x=/',
    '<a b',
    '<a "',
    `<a '`,
    '</',
    '<a/',
    '<svg xmlns',
    '< style="',
    '<a x= ',
    '<a style=',
  ])('take no longer than the markup is long, however it is meant: %s', (piece) => {
    const markup = piece.repeat(400_000 / piece.length);
    const start = performance.now();
    holdStyles(markup);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
