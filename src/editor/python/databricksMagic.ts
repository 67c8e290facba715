import type { Cell, CellCode } from '../cells/cells.js';

const comment = /^# MAGIC ?/;

/**
 * The code of a cell that Databricks has written as comments because of its magic: `# MAGIC %pip install pandas`.
 * Undefined for cells in another language, and for others that only Databricks can run.
 */
export function databricksMagic(
  lines: readonly string[],
  { startLine, endLine }: Pick<Cell, 'startLine' | 'endLine'>,
): CellCode | undefined {
  const own = lines.slice(startLine, endLine + 1);
  const [first, last] = [own.findIndex((line) => comment.test(line)), own.findLastIndex((line) => comment.test(line))];
  const [, magic] = /^# MAGIC\s+%(pip|conda|sh|python)\b/.exec(own[first] ?? '') ?? [];
  if (magic === undefined) return undefined;
  const [head = '', ...others] = own.slice(first, last + 1).map((line) => line.replace(comment, ''));
  return { code: [headOf(magic, head.trimStart()), ...others].join('\n'), firstLine: startLine + first };
}

/** Databricks runs the whole cell in the shell, also what stands behind `%sh`; `%python` is what a cell is anyway. */
function headOf(magic: string, head: string): string {
  const command = head.replace(/^%\w+\s*/, '');
  if (magic === 'python') return command;
  if (magic === 'sh') return command === '' ? '%%sh' : `%%sh\n${command}`;
  return head;
}
