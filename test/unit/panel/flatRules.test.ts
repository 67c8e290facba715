import { describe, expect, it } from 'vitest';
import { flatRules } from '../../../media/panel/rich/markup/flatRules.js';

describe('the rules of a style sheet', () => {
  it.for([
    ['a { b: c } d, e > f{g:h;i:j}', ['a{ b: c }', 'd, e > f{g:h;i:j}']],
    ['a{b:";}"} c{d:e}', ['c{d:e}']],
    [`a[title="{"]{b:c} d{e:'\\'}'} f{g:h}`, ['f{g:h}']],
    ['/* a{b:c} */ d/**/{e:/*;}*/f} /* open', ['d{e:f}']],
    ['@import url(x); a{b:c}', ['a{b:c}']],
    ['@media print { a{b:c} } d{e:f}', ['d{e:f}']],
    ['@font-face{font-family:x} a{b:c}', ['a{b:c}']],
    ['a{b:c; d{e:f} g:h} i{j:k}', ['i{j:k}']],
    ['}} a{b:c}', ['a{b:c}']],
    ['a\\{b{c:d} e{f:g}', ['e{f:g}']],
    ['a{b:c', []],
  ] as const)('%s', ([css, rules]) => {
    expect(flatRules(css).map(({ selectors, declarations }) => `${selectors}{${declarations}}`)).toEqual(rules);
  });

  it.for(['{', 'a{', '}', '/*', '*/', '"', "'", '\\', 'a{b:c}', '@a;', '@a{', ';', 'a{b:url(', '"\\"', '/*/', '\n"'])(
    'are found in no more time than they are long: %s',
    (piece) => {
      const start = performance.now();
      expect(flatRules(piece.repeat(400_000 / piece.length)).length).toBeLessThanOrEqual(4000);
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );
});
