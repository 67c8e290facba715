import type { Cell, Head } from '../../../src/protocol/data.js';
import { element, setText } from '../element.js';
import { shownText } from './cellText.js';

/** What a row shows. Undefined cells have not come yet. */
export interface RowContent {
  /** From 0. */
  readonly row: number;
  readonly labels: readonly { readonly cell: Cell | undefined; readonly isNumber: boolean }[];
  readonly columns: readonly number[];
  readonly cells: readonly (Cell | undefined)[];
  readonly heads: readonly (Head | undefined)[];
  readonly isSelected: (column: number) => boolean;
  /** The column of the active cell, if it is in this row. */
  readonly active: number | undefined;
}

/** A row of the grid, which shows one row of the table after the other. */
export class GridRow {
  readonly node: HTMLElement;
  readonly #labels = element('div', { class: 'labels', role: 'presentation' });
  readonly #line = element('div', { class: 'line', role: 'presentation' });

  constructor() {
    this.node = element('div', { class: 'row', role: 'row' }, this.#labels, this.#line);
  }

  draw({ row, labels, columns, cells, heads, isSelected, active }: RowContent): void {
    this.node.setAttribute('aria-rowindex', String(row + 2));
    this.node.classList.toggle('is-even', row % 2 === 1);
    withChildren(this.#labels, labels.length, 'rowheader');
    withChildren(this.#line, cells.length, 'gridcell');
    for (const [level, { cell, isNumber }] of labels.entries()) {
      const node = this.#labels.children[level] as HTMLElement;
      node.setAttribute('aria-colindex', String(level + 1));
      drawCell(node, cell, isNumber);
    }
    for (const [at, cell] of cells.entries()) {
      const node = this.#line.children[at] as HTMLElement;
      const column = columns[at] ?? 0;
      drawCell(node, cell, heads[at]?.[2] === 'n');
      node.setAttribute('aria-colindex', String(labels.length + column + 1));
      node.setAttribute('aria-selected', String(isSelected(column)));
      if (active === column) node.id = activeId(row, column);
      else if (node.id) node.removeAttribute('id');
    }
  }
}

/** The id of the active cell. */
export function activeId(row: number, column: number): string {
  return `cell-${String(row)}-${String(column)}`;
}

/** Adds or removes cells until there are as many. */
export function withChildren(node: HTMLElement, count: number, role: string): void {
  while (node.childElementCount > count) node.lastElementChild?.remove();
  while (node.childElementCount < count) node.append(element('div', { class: 'cell', role }));
}

function drawCell(node: HTMLElement, cell: Cell | undefined, isNumber: boolean): void {
  const mark = cell === undefined ? 'pending' : typeof cell === 'string' ? '' : cell[0];
  const alignment = isNumber || mark === 'n' ? 'number' : '';
  const className = `cell ${alignment} ${mark === '' ? '' : `is-${mark}`}`;
  if (node.className !== className) node.className = className;
  setText(node, cell === undefined ? '' : shownText(cell));
}
