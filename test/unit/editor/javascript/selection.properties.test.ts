import vm from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
        const from = at % text.length;
        const changed = text.slice(0, from) + typed + text.slice(from);
        fc.pre(parses(changed));
        const line = text.slice(0, from).split('\n').length - 1;
        const selection = { start: { line, character: 0 }, end: { line, character: 0 } };
        javascript.codeToRun(text, selection);
        const incremental = javascript.codeToRun(changed, selection);
        // A text that shares nothing with the changed one leaves the parser nothing to start from.
        javascript.codeToRun('@', selection);
        expect(incremental).toEqual(javascript.codeToRun(changed, selection));
      }),
      { numRuns: 200, interruptAfterTimeLimit: 20_000 },
    );
  });
});

function parses(code: string): boolean {
  try {
    return new vm.Script(code) instanceof vm.Script;
  } catch {
    return false;
  }
}
