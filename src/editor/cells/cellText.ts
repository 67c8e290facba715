/**
 * The text of a cell as Markdown, from the lines below its marker: from comments, or from a string or a comment as a
 * whole.
 */
export function markdownIn(lines: readonly string[], commentSign: '#' | '//'): string {
  const text = lines.join('\n').trim();
  const [, inside] = wholes[commentSign].map((whole) => whole.exec(text)).find((match) => match !== null) ?? [];
  if (inside !== undefined) return inside.replace(/^\n|\n$/g, '');
  return withoutSigns(
    lines.filter((line) => !databricksTitle.test(line)),
    commentSign,
  )
    .join('\n')
    .trim();
}

/** Whether the text of a cell is a string or a block comment. */
export function isWhole(lines: readonly string[], commentSign: '#' | '//'): boolean {
  return wholes[commentSign].some((whole) => whole.test(lines.join('\n').trim()));
}

/** Lines without the comment sign and one space, as Jupytext reads them; other lines are text too. */
export function withoutSigns(lines: readonly string[], commentSign: '#' | '//'): string[] {
  const magic = new RegExp(String.raw`^${commentSign} MAGIC %md(?:-sandbox)?\b`);
  const isDatabricks = lines.some((line) => magic.test(line));
  const sign = new RegExp(
    isDatabricks ? String.raw`^${commentSign}(?: MAGIC(?: %md(?:-sandbox)?\b)?)? ?` : `^${commentSign} ?`,
  );
  return lines.filter((line) => !isBareMagic(line)).map((line) => line.replace(sign, ''));

  function isBareMagic(line: string): boolean {
    return isDatabricks && line.replace(magic, '').trim() === '' && magic.test(line);
  }
}

const databricksTitle = /^(?:#|\/\/) DBTITLE \d+,/;

/** A string, or a block comment, that is all there is. */
const wholes = {
  '#': [/^[rR]?"""([^]*)"""$/, /^[rR]?'''([^]*)'''$/],
  '//': [/^\/\*+([^]*?)\*+\/$/],
} as const;
