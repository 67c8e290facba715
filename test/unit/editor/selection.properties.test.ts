import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeToRun } from '../../../src/editor/python/selection.js';
import { findCells } from '../../../src/editor/python/cells.js';
import { splitLogicalLines } from '../../../src/editor/python/logicalLines.js';
import { buildStatements } from '../../../src/editor/python/statements.js';
import { pythonSource } from './pythonSource.js';

const withoutSpace = (text: string): string => text.replaceAll(/\s/g, '');
const at = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 0 } });

const anyText = fc
  .array(
    fc.constantFrom(
      '"',
      "'",
      '"""',
      '(',
      ')',
      '{',
      '}',
      '\\',
      '#',
      '# %%',
      ':',
      'f"',
      'def f',
      'if x',
      'else',
      '@',
      'x',
      ' ',
      '\t',
      '\f',
      '\n',
      '\r\n',
      '\n    ',
      '😀',
      'return',
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

const place = fc.record({ line: fc.nat(12), character: fc.nat(20) });

describe('codeToRun', () => {
  it('visits every top-level statement of a file once and in order', () => {
    fc.assert(
      fc.property(pythonSource, (text) => {
        const expected = buildStatements(splitLogicalLines(text).logical).map(({ startLine }) => startLine);
        const visited: number[] = [];
        for (let line = 0; visited.length <= expected.length;) {
          const { code, firstLine, nextLine } = codeToRun(text, at(line));
          if (code === '') break;
          visited.push(firstLine);
          line = nextLine;
        }
        expect(visited).toEqual(expected);
      }),
    );
  });

  it('sends lines of the file in their order, but for the indentation', () => {
    fc.assert(
      fc.property(pythonSource, fc.nat(60), (text, line) => {
        const { code, firstLine } = codeToRun(text, at(line));
        const lines = text.split(/\r?\n/).slice(firstLine);
        for (const [index, sent] of code === '' ? [] : code.split(/\r?\n/).entries()) {
          expect(lines[index]?.trim()).toBe(sent.trim());
        }
      }),
    );
  });

  it('answers within the text, whatever the text and the selection', () => {
    fc.assert(
      fc.property(anyText, place, place, (text, start, end) => {
        const { code, firstLine, nextLine } = codeToRun(text, { start, end });
        const count = text.split(/\r\n|\n|\r/).length;
        expect(withoutSpace(text)).toContain(withoutSpace(code)); // dedenting makes several spaces of a tab
        expect(firstLine).toBeLessThan(count);
        expect(nextLine).toBeLessThan(count);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('findCells', () => {
  it('covers the lines from the first cell to the end without gaps', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cells = findCells(text);
        cells.forEach((cell, index) => {
          if (index > 0) expect(cell.startLine).toBe((cells[index - 1]?.endLine ?? 0) + 1);
          expect(cell.endLine).toBeGreaterThanOrEqual(cell.startLine);
        });
      }),
      { numRuns: 1000 },
    );
  });
});
