import { expect, it } from 'vitest';
import { codeToRun } from '../../../src/editor/python/selection.js';
import { marked } from './marked.js';

/** `source` has marks where the cursor or the selection is; without lines, any will do. */
interface Case {
  readonly title: string;
  readonly source: string;
  readonly code: string;
  readonly firstLine?: number;
  readonly nextLine?: number;
}

/** A test for each case. */
export function check(cases: readonly Case[]): void {
  it.each(cases)('$title', ({ source, code, firstLine, nextLine }) => {
    const { text, selection } = marked(source);
    const found = codeToRun(text, selection);
    expect(found).toEqual({
      code,
      firstLine: firstLine ?? found.firstLine,
      nextLine: nextLine ?? found.nextLine,
    });
  });
}
