import * as l10n from '@vscode/l10n';
import { countText } from '../../amounts.js';
import { element } from '../../element.js';
import { isMissing, isNumeric, isOmission, omitsRows } from './cellKinds.js';
import { makeSortable } from './makeSortable.js';

export interface Tables {
  /** The size of the table, if there is one. */
  readonly facts: string;
  /** The cells in their current order, separated by tabs. */
  readonly text: (() => string) | undefined;
}

const shape = /^\s*([\d,]+) rows? × ([\d,]+) columns?\s*$/;
/**
 * The maximum number of cells that are examined to determine the kind of a column; a larger table is laid out by its
 * first rows.
 */
const MOST_LOOKED = 20_000;

/**
 * Styles tables in place: each scrolls separately under its header, with numbers on the right and words on the left.
 */
export function dressTables(content: DocumentFragment): Tables {
  const tables = [...content.querySelectorAll('table')].filter((table) => !table.parentElement?.closest('table'));
  for (const table of tables) {
    nameHeads(table);
    align(table);
    makeSortable(table);
    const region = element('div', { class: 'frame', role: 'group', 'aria-label': l10n.t('Table'), tabindex: 0 });
    // Arrow keys scroll it; elsewhere, they move between commands.
    region.addEventListener('keydown', (event) => {
      if (event.key.startsWith('Arrow')) event.stopPropagation();
    });
    table.replaceWith(region);
    region.append(table);
  }
  const [table] = tables;
  if (!table || tables.length > 1) return { facts: '', text: undefined };
  return { facts: factsOf(table, content), text: () => separatedByTabs(table) };
}

/** pandas writes the full size below a table that it shortened. */
function factsOf(table: HTMLTableElement, content: DocumentFragment): string {
  const shown = [...table.tBodies].flatMap(({ rows }) => [...rows]).filter((row) => !omitsRows(row)).length;
  for (const paragraph of content.querySelectorAll('p')) {
    const found = shape.exec(paragraph.textContent);
    if (!found) continue;
    paragraph.remove();
    const [, rows = '', columns = ''] = found;
    const all = Number(rows.replaceAll(',', ''));
    const size = sizeText(all, Number(columns.replaceAll(',', '')));
    return all > shown ? l10n.t('{0} · {1} shown', size, countText(shown)) : size;
  }
  if (!table.tHead) return '';
  // An empty frame has nothing but the names of its columns.
  const columns =
    shown === 0
      ? Math.max(0, ...[...table.tHead.rows].map(({ cells }) => countOf(cells, 'TH')))
      : Math.max(0, ...[...table.rows].map(({ cells }) => cells.length - countOf(cells, 'TH')));
  if (columns === 0) return '';
  return sizeText(shown, columns);
}

function sizeText(rows: number, columns: number): string {
  const height = rows === 1 ? l10n.t('1 row') : l10n.t('{0} rows', countText(rows));
  const width = columns === 1 ? l10n.t('1 column') : l10n.t('{0} columns', countText(columns));
  return `${height} × ${width}`;
}

function countOf(cells: HTMLCollectionOf<HTMLTableCellElement>, nodeName: string): number {
  return [...cells].filter((cell) => cell.nodeName === nodeName).length;
}

/** A header without text is not a header: pandas leaves the corner above its row labels empty. */
function nameHeads(table: HTMLTableElement): void {
  for (const head of table.querySelectorAll('th')) {
    if (head.textContent.trim() !== '' || head.querySelector('img, svg, math')) continue;
    const cell = element('td');
    for (const { name, value } of head.attributes) cell.setAttribute(name, value);
    head.replaceWith(cell);
  }
}

function align(table: HTMLTableElement): void {
  const words = new Set<number>();
  const body = [...table.tBodies].flatMap(({ rows }) => [...rows]);
  let left = MOST_LOOKED;
  for (const { cells } of body) {
    if ((left -= cells.length) < 0) break;
    // Counted from the right, because a header that spans rows is missing on the left.
    for (const [index, cell] of [...cells].reverse().entries()) {
      if (cell.nodeName !== 'TD' || isOmission(cell.textContent)) continue;
      if (isMissing(cell.textContent)) cell.classList.add('na');
      else if (!isNumeric(cell.textContent)) words.add(index);
    }
  }
  for (const { cells } of [...(table.tHead?.rows ?? []), ...body]) {
    for (const [index, cell] of [...cells].reverse().entries()) cell.classList.toggle('words', words.has(index));
  }
}

function separatedByTabs(table: HTMLTableElement): string {
  return [...table.rows]
    .map(({ cells }) => [...cells].map((cell) => cell.textContent.replace(/\s+/g, ' ').trim()).join('\t'))
    .join('\n');
}
