/** The width of a line in columns: tabs reach to the next stop, and the signs of East Asia take two. */
export function columnsOf(line: string, tabSize: number): number {
  let columns = 0;
  for (const sign of line) columns += sign === '\t' ? tabSize - (columns % tabSize) : wide.test(sign) ? 2 : 1;
  return columns;
}

const wide =
  /[\u{1100}-\u{115f}\u{2e80}-\u{a4cf}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff00}-\u{ff60}\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
