import type { Cell, CellCode } from '../cells/cells.js';

const otherLanguages = /^%%(?:bash|sh|script|html|javascript|js|latex|markdown|svg|perl|ruby|python[23]?|pypy|R|sql)\b/;

/** Whether a line makes another language of the lines below it. */
export function isOtherLanguage(line: string): boolean {
  return otherLanguages.test(line);
}

/**
 * The code of a cell that Jupytext has written as comments: because of its `%%` magic, which its marker tells, as in
 * `# %% language="bash"`, or its first line, or because it is only for notebooks, as in `# %% tags=["active-ipynb"]`.
 * Undefined for other cells.
 */
export function commentedCode(
  lines: readonly string[],
  { startLine, endLine }: Pick<Cell, 'startLine' | 'endLine'>,
): CellCode | undefined {
  const [marker = '', ...content] = lines.slice(startLine, endLine + 1);
  const first = content.findIndex((line) => line.trim() !== '');
  const [, language] = /\blanguage="([\w-]+)"/.exec(marker) ?? [];
  const [, options = ''] = /\bmagic_args="([^"]*)"/.exec(marker) ?? [];
  const isForNotebooks = /\bactive(?:-|="(?:[\w,]*,)?)ipynb\b/.test(marker);
  if (first < 0 || !(language || isForNotebooks || /^# %%[A-Za-z]/.test(content[first] ?? ''))) return undefined;
  const last = content.findLastIndex((line) => line.trim() !== '');
  const body = content.slice(0, last + 1).map((line) => line.replace(/^# ?/, ''));
  if (!language) return { code: body.slice(first).join('\n'), firstLine: startLine + 1 + first };
  return { code: [`%%${language} ${options}`.trimEnd(), ...body].join('\n'), firstLine: startLine };
}
