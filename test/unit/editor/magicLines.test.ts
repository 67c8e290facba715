import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLogicalLines } from '../../../src/editor/python/logicalLines.js';
import { check } from './selectionCases.js';

describe("IPython's way of writing", () => {
  check([
    { title: 'runs a command of the shell', source: 'a = 1\n!ls ‸"-l\nb = 2', code: '!ls "-l', nextLine: 2 },
    { title: 'runs a magic', source: '‸%timeit f(x\nb', code: '%timeit f(x', nextLine: 1 },
    {
      title: 'joins lines by backslashes',
      source: "!echo it's \\\n  ‸me\nb",
      code: "!echo it's \\\n  me",
      nextLine: 2,
    },
    { title: 'runs an assignment', source: "files = !ls '*‸\nb", code: "files = !ls '*", nextLine: 1 },
    { title: 'asks for help', source: 'a\nnp.‸array?\nb', code: 'np.array?', nextLine: 2 },
    {
      title: 'is part of the block it stands in',
      source: '‸for i in x:\n    !echo (\nb',
      code: 'for i in x:\n    !echo (',
    },
    { title: 'loses its indent where it runs alone', source: 'if x:\n    ‸!ls\n', code: '!ls' },
    {
      title: 'of a cell takes the rest of the cell',
      source: '# %%\n%%bash\necho "it\n  don\'t‸\n\n# %% next\nb',
      code: '%%bash\necho "it\n  don\'t',
      firstLine: 1,
      nextLine: 6,
    },
    { title: 'of a cell ends with the file', source: '%%t‸ime\na\nb\n', code: '%%time\na\nb' },
  ]);

  check([
    { title: 'is not: a remainder on a line that goes on', source: '‸a = (b\n%c)\nd', code: 'a = (b\n%c)' },
    { title: 'is not: a remainder behind a backslash', source: '‸a = b \\\n%c\nd', code: 'a = b \\\n%c' },
    { title: 'is not: text', source: '‸a = """\n!ls\n%time\n"""\nd', code: 'a = """\n!ls\n%time\n"""' },
    { title: 'is not: a comment that asks', source: '‸a = 1  # why?\nd', code: 'a = 1  # why?', nextLine: 1 },
  ]);

  it('is read again as it is read at first, whatever is typed', () => {
    const piece = fc.constantFrom(
      '%%bash',
      '%time ',
      '!ls',
      'x = !ls',
      'x?',
      'f(',
      ')',
      '\\',
      '"""',
      '# %%',
      '\n',
      '\n  ',
    );
    const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, text, text, text, (before, old, typed, after) => {
        const earlier = splitLogicalLines(before + old + after);
        expect(splitLogicalLines(before + typed + after, earlier)).toEqual(splitLogicalLines(before + typed + after));
      }),
      { numRuns: 2000 },
    );
  });
});
