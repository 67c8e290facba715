import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeAboveLine, codeFromLine, codeThroughLine } from '../../../src/editor/aroundLine.js';
import { languageNamed } from './languageNamed.js';
import { pythonSource } from './pythonSource.js';

const python = languageNamed('python');

const above = (text: string, line: number) => codeAboveLine(python, text, line).code;
const from = (text: string, line: number) => codeFromLine(python, text, line).code;

const TEXT = 'import os\n\ndef f():\n    # note\n    return 1\n\n# last\nf()\n';

describe('the code above and from a line', () => {
  it.each([
    ['of a statement', 2, 'import os', 'def f():\n    # note\n    return 1\n\n# last\nf()'],
    ['within a statement', 4, 'import os', 'def f():\n    # note\n    return 1\n\n# last\nf()'],
    ['of a comment before a statement', 6, 'import os\n\ndef f():\n    # note\n    return 1\n\n# last', 'f()'],
    ['of the first statement', 0, '', 'import os\n\ndef f():\n    # note\n    return 1\n\n# last\nf()'],
    ['below all', 8, 'import os\n\ndef f():\n    # note\n    return 1\n\n# last\nf()', ''],
  ])('%s', (_, line, expectedAbove, expectedFrom) => {
    expect([above(TEXT, line), from(TEXT, line)]).toEqual([expectedAbove, expectedFrom]);
  });

  it.each([
    ['a statement', 0, 'import os'],
    ['the middle of a statement', 3, 'import os\n\ndef f():\n    # note\n    return 1'],
    ['the last statement', 7, TEXT.trimEnd()],
    ['a comment between statements', 6, 'import os\n\ndef f():\n    # note\n    return 1\n\n# last'],
  ])('goes from the beginning through %s', (_, line, expected) => {
    expect(codeThroughLine(python, TEXT, line).code).toBe(expected);
  });

  it('has nothing above but comments', () => {
    expect(above('# a\n\nx\n', 2)).toBe('');
  });

  it('runs where the first statement is indented', () => {
    expect(from('x = 1\n    y = (2,\n        3)\n    z = 4\n', 1)).toBe('y = (2,\n    3)\nz = 4');
    expect(above('    # note\n    y = 2\n    z = 4\nx\n', 3)).toBe('y = 2\nz = 4');
  });

  it.each([
    ['a comment', 'a();\n/* b\n c */ d();\ne();\n', 2, 'a();', '/* b\n c */ d();\ne();'],
    ['another statement', 'a();\nif (b) {\n} c();\n', 2, 'a();', 'if (b) {\n} c();'],
  ])(
    'begins in JavaScript with the whole of %s that ends where the statement begins',
    (_, source, line, before, after) => {
      const javascript = languageNamed('javascript');
      expect([codeAboveLine(javascript, source, line).code, codeFromLine(javascript, source, line).code]).toEqual([
        before,
        after,
      ]);
    },
  );

  it('splits a file in two at every line: nothing runs twice, nothing is left out', () => {
    fc.assert(
      fc.property(pythonSource, fc.nat(40), (source, line) => {
        const words = (code: string) =>
          code
            .replace(/^\s*#.*$/gm, '')
            .split(/\s+/)
            .filter(Boolean);
        expect([...words(above(source, line)), ...words(from(source, line))]).toEqual(words(source));
      }),
    );
  });
});
