import vm from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeToRun } from '../../../../src/editor/javascript/selection.js';
import { SourceReader } from '../../../../src/editor/javascript/sourceReader.js';
import type { CodeToRun, TextSelection } from '../../../../src/editor/python/selection.js';
import { languageNamed } from '../languageNamed.js';
import { javascriptProgram } from '../programs.js';

const javascript = languageNamed('javascript');
const place = fc.record({ line: fc.nat(30), character: fc.nat(20) });

describe('codeToRun for JavaScript', () => {
  it('sends what parses when the file parses', () => {
    fc.assert(
      fc.property(javascriptProgram, place, place, fc.boolean(), (text, start, other, isSelected) => {
        const end = isSelected && other.line >= start.line ? other : start;
        const { code } = javascript.codeToRun(text, { start, end });
        expect(() => new vm.Script(code), code).not.toThrow();
      }),
      { numRuns: 400 },
    );
  });

  it('reads a text that was changed as it reads a new one', () => {
    fc.assert(
      fc.property(javascriptProgram, fc.nat(), fc.constantFrom(' ', '\n', ';', '// x\n', '{}\n'), (text, at, typed) => {
        const { changed, selection } = typedInto(text, at, typed);
        fc.pre(parses(changed));
        expect(sentAfter(text, changed, selection)).toEqual(sentAfter('', changed, selection));
      }),
      { numRuns: 200, plugins: [fc.interruptAfterTimeLimit(20_000)] },
    );
  });

  it('reads a text whose mistake is gone as one that never had any', () => {
    fc.assert(
      fc.property(
        javascriptProgram,
        fc.nat(),
        fc.constantFrom('(', ')', '{', '}', '[', '`', '"', '/*'),
        (text, at, typed) => {
          const { changed, selection } = typedInto(text, at, typed);
          expect(sentAfter(changed, text, selection)).toEqual(sentAfter('', text, selection));
        },
      ),
      { numRuns: 200, plugins: [fc.interruptAfterTimeLimit(20_000)] },
    );
  });

  it('answers within the text, whatever the mistakes', () => {
    const pieces = [
      '(',
      ')',
      '{',
      '}',
      '[',
      '`',
      '${',
      '"',
      '// %%',
      'if (x)',
      'class A {',
      'f',
      '=',
      ' ',
      '\n',
      '\n  ',
      '\r\n',
      '#x',
    ];
    const anyText = fc.array(fc.constantFrom(...pieces), { maxLength: 50 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(anyText, fc.nat(12), (text, line) => {
        const { code, firstLine, nextLine } = sentAfter('', text, {
          start: { line, character: 0 },
          end: { line, character: 0 },
        });
        const count = text.split(/\r\n|\n|\r/).length;
        expect(code.length).toBeLessThanOrEqual(text.length);
        expect(firstLine).toBeLessThan(count);
        expect(nextLine).toBeLessThan(count);
      }),
      { numRuns: 1000 },
    );
  });
});

function typedInto(text: string, at: number, typed: string) {
  const from = at % text.length;
  const place = { line: text.slice(0, from).split('\n').length - 1, character: 0 };
  return { changed: text.slice(0, from) + typed + text.slice(from), selection: { start: place, end: place } };
}

/** What is sent of a text, for someone who has seen an earlier version of it. */
function sentAfter(earlier: string, text: string, selection: TextSelection): CodeToRun {
  const reader = new SourceReader('jsx');
  reader.read(earlier);
  return codeToRun(reader, text, selection);
}

function parses(code: string): boolean {
  try {
    return new vm.Script(code) instanceof vm.Script;
  } catch {
    return false;
  }
}
