/**
 * The text of a cell as Markdown, from the lines below its marker: from comments, or from a string or a comment as a
 * whole.
 */
export function markdownIn(lines: readonly string[], commentSign: '#' | '//'): string {
  const inside = insideOf(lines, commentSign);
  if (inside !== undefined) return inside;
  return withoutSigns(
    lines.filter((line) => !databricksTitle.test(line)),
    commentSign,
  )
    .join('\n')
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .replace(/^ {1,3}(?=\S)/, '') // four make it code
    .trimEnd();
}

/** What a string or a block comment holds, if the lines are nothing else. */
export function insideOf(lines: readonly string[], commentSign: '#' | '//'): string | undefined {
  const text = lines.join('\n').trim();
  const [, inside] = wholes[commentSign].map((whole) => whole.exec(text)).find((match) => match !== null) ?? [];
  return inside?.replace(/^\n|\n$/g, '');
}

/** Whether the text of a cell is a string or a block comment. */
export function isWhole(lines: readonly string[], commentSign: '#' | '//'): boolean {
  return insideOf(lines, commentSign) !== undefined;
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
  '#': [/^[rR]?"""((?:(?!""")[^])*)"""$/, /^[rR]?'''((?:(?!''')[^])*)'''$/],
  '//': [/^\/\*+((?:(?!\*\/)[^])*?)\*+\/$/],
} as const;
