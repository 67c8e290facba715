import type { Cell, CellCode } from '../cells/cells.js';

const otherLanguages = /^%%(?:bash|sh|script|html|javascript|js|latex|markdown|svg|perl|ruby|python[23]?|pypy|R|sql)\b/;

/** Whether a line makes another language of the lines below it. */
export function isOtherLanguage(line: string): boolean {
  return otherLanguages.test(line);
}

/**
 * The code of a cell that Jupytext has written as comments because of its `%%` magic: `# %% language="bash"`. Undefined
 * for other cells.
 */
export function languageMagic(
  lines: readonly string[],
  { startLine, endLine }: Pick<Cell, 'startLine' | 'endLine'>,
): CellCode | undefined {
  const [marker = '', ...content] = lines.slice(startLine, endLine + 1);
  const [, language] = /\blanguage="([\w-]+)"/.exec(marker) ?? [];
  const [, options = ''] = /\bmagic_args="([^"]*)"/.exec(marker) ?? [];
  if (language === undefined || content.every((line) => line.trim() === '')) return undefined;
  const last = content.findLastIndex((line) => line.trim() !== '');
  const body = content.slice(0, last + 1).map((line) => line.replace(/^# ?/, ''));
  return { code: [`%%${language} ${options}`.trimEnd(), ...body].join('\n'), firstLine: startLine };
}
