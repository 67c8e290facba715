import * as l10n from '@vscode/l10n';
import type { Cell } from '../../../src/protocol/data.js';

/** The text of a cell as it is shown. What is missing has the name that its library gives it. */
export function shownText(cell: Cell): string {
  const text = typeof cell === 'string' ? cell : cell[1];
  if (typeof cell !== 'string' && cell[0] === 'i') return l10n.t('Picture');
  return typeof cell !== 'string' && cell[0] === 'c' ? `${text}…` : text;
}

/** The text of a cell elsewhere: what is missing is empty. */
export function plainText(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell[0] === 'm' ? '' : shownText(cell);
}

/** Rows of cells as a spreadsheet reads them. */
export function tsv(rows: readonly (readonly string[])[]): string {
  const quoted = (text: string): string => (/["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(quoted).join('\t')).join('\n');
}

/** Rows of cells as a table of Markdown; the first one is its head. `isNumber` says which columns are aligned right. */
export function markdownTable(rows: readonly (readonly string[])[], isNumber: readonly boolean[]): string {
  const escaped = (text: string): string => text.replaceAll(/[\\|]/g, String.raw`\$&`).replaceAll(/\r?\n/g, '<br>');
  const lines = rows.map((row) => `| ${row.map(escaped).join(' | ')} |`);
  const rule = `| ${isNumber.map((number) => (number ? '---:' : '---')).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
