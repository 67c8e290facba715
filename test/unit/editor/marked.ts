import type { TextSelection } from '../../../src/editor/python/selection.js';

/** Takes the marks out of a text: `‸` is the cursor, `⟦` and `⟧` are the ends of a selection. */
export function marked(withMarks: string): { text: string; selection: TextSelection } {
  const text = withMarks.replace(/[‸⟦⟧]/gu, '');
  const positionOf = (...marks: string[]) => {
    const index = Math.max(...marks.map((mark) => withMarks.indexOf(mark)));
    const before = withMarks
      .slice(0, index)
      .replace(/[‸⟦⟧]/gu, '')
      .split(/\r\n|\n|\r/);
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  };
  return { text, selection: { start: positionOf('‸', '⟦'), end: positionOf('‸', '⟧') } };
}
