import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCells } from '../../../src/editor/python/cells.js';
import { findFolds } from '../../../src/editor/python/folds.js';
import { pythonSource } from './pythonSource.js';

const folds = (text: string) =>
  findFolds(text, findCells(text)).map(
    ({ startLine, endLine, isRegion }) => `${startLine}-${endLine}${isRegion ? ' region' : ''}`,
  );

describe('findFolds', () => {
  it('folds cells up to their last line with text', () => {
    expect(folds('# %% a\nx\n\n\n# %% b\ny\n')).toEqual(['0-1', '4-5']);
  });

  it('folds blocks, each clause on its own, and what spans lines', () => {
    expect(folds('# %%\nif x:\n    a = [\n        1,\n    ]\nelse:\n    b\n')).toEqual(['0-6', '1-4', '2-4', '5-6']);
  });

  it('folds what is nested in a statement', () => {
    expect(
      folds('# %%\nx = [\n    {\n        "a": f(\n            1,\n        ),\n    },\n    2,\n]\n').slice(1),
    ).toEqual(['1-8', '3-4', '2-5']);
  });

  it('keeps regions, nested ones too', () => {
    expect(folds('# %%\n# region a\n#region b\nx\n#endregion\n# endregion\n')).toEqual([
      '2-4 region',
      '1-5 region',
      '0-5',
    ]);
  });

  it('leaves a region alone that a cell cuts: then the cell does not fold', () => {
    expect(folds('# %%\n#region\nx\n# %%\ny\n#endregion\nz\n')).toEqual(['1-5 region']);
  });

  it('takes no region from a string', () => {
    expect(folds('# %%\n"""\n#region\n#endregion\n"""\n')).toEqual(['0-4', '1-4']);
  });

  it('stays within the text', () => {
    fc.assert(
      fc.property(pythonSource, (text) => {
        const count = text.split('\n').length;
        for (const { startLine, endLine } of findFolds(text, findCells(text))) {
          expect(endLine).toBeGreaterThan(startLine);
          expect(endLine).toBeLessThan(count);
        }
      }),
    );
  });
});
