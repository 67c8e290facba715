import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeAboveLine, codeFromLine } from '../../../src/editor/aroundLine.js';
import { languageNamed } from './languageNamed.js';
import { pythonSource } from './pythonSource.js';

const python = languageNamed('python');

const above = (text: string, line: number) => codeAboveLine(python, text, line).code;
const from = (text: string, line: number) => codeFromLine(python, text, line).code;

const text = 'import os\n\ndef f():\n    # note\n    return 1\n\n# last\nf()\n';

describe('the code above and from a line', () => {
  it.each([
    ['of a statement', 2, 'import os', 'def f():\n    # note\n    return 1\n\n# last\nf()'],
    ['within a statement', 4, 'import os', 'def f():\n    # note\n    return 1\n\n# last\nf()'],
    ['of a comment before a statement', 6, 'import os\n\ndef f():\n    # note\n    return 1\n\n# last', 'f()'],
    ['of the first statement', 0, '', 'import os\n\ndef f():\n    # note\n    return 1\n\n# last\nf()'],
    ['below all', 8, 'import os\n\ndef f():\n    # note\n    return 1\n\n# last\nf()', ''],
  ])('%s', (_, line, expectedAbove, expectedFrom) => {
    expect([above(text, line), from(text, line)]).toEqual([expectedAbove, expectedFrom]);
  });

  it('has nothing above but comments', () => {
    expect(above('# a\n\nx\n', 2)).toBe('');
  });

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
