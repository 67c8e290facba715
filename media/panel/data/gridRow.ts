import type { Cell, Head } from '../../../src/protocol/data.js';
import { element, setText } from '../element.js';
import { shownText } from './cellText.js';
import { pictureView } from './pictureView.js';

/** What a row shows. Undefined cells have not come yet. */
export interface RowContent {
  /** From 0. */
  readonly row: number;
  readonly labels: readonly { readonly cell: Cell | undefined; readonly isNumber: boolean }[];
  /** Those that stay in view, and those that scroll. */
  readonly pinned: readonly number[];
  readonly columns: readonly number[];
  readonly cell: (column: number) => Cell | undefined;
  readonly head: (column: number) => Head | undefined;
  readonly isSelected: (column: number) => boolean;
  /** The column of the active cell, if it is in this row. */
  readonly active: number | undefined;
}

/** A row of the grid, which shows one row of the table after the other. */
export class GridRow {
  readonly node: HTMLElement;
  readonly #labels = element('div', { class: 'labels', role: 'presentation' });
  readonly #pins = element('div', { class: 'pins', role: 'presentation' });
  readonly #line = element('div', { class: 'line', role: 'presentation' });

  constructor() {
    this.node = element('div', { class: 'row', role: 'row' }, this.#labels, this.#pins, this.#line);
  }

  draw(content: RowContent): void {
    const { row, labels, pinned, columns } = content;
    this.node.setAttribute('aria-rowindex', String(row + 2));
    this.node.classList.toggle('is-even', row % 2 === 1);
    withChildren(this.#labels, labels.length, 'rowheader');
    for (const [level, { cell, isNumber }] of labels.entries()) {
      const node = this.#labels.children[level] as HTMLElement;
      node.setAttribute('aria-colindex', String(level + 1));
      drawCell(node, cell, isNumber);
    }
    drawCells(this.#pins, pinned, content);
    drawCells(this.#line, columns, content);
  }
}

function drawCells(part: HTMLElement, columns: readonly number[], content: RowContent): void {
  const { row, labels, cell, head, isSelected, active } = content;
  withChildren(part, columns.length, 'gridcell');
  for (const [at, column] of columns.entries()) {
    const node = part.children[at] as HTMLElement;
    drawCell(node, cell(column), head(column)?.[2] === 'n');
    node.setAttribute('aria-colindex', String(labels.length + column + 1));
    node.setAttribute('aria-selected', String(isSelected(column)));
    if (active === column) node.id = activeId(row, column);
    else if (node.id) node.removeAttribute('id');
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
  if (mark === 'i' && typeof cell === 'object') drawPicture(node, cell);
  else setText(node, cell === undefined ? '' : shownText(cell));
}

/** Of each of those in a row. */
const MOST_PIXELS = 1_000_000;
/** What nodes with pictures show. */
const drawn = new WeakMap<HTMLElement, Cell>();

function drawPicture(node: HTMLElement, cell: Exclude<Cell, string>): void {
  const words = shownText(cell);
  const isShown = node.firstElementChild !== null || node.textContent === words;
  if (drawn.get(node) === cell && isShown) return;
  drawn.set(node, cell);
  node.replaceChildren(pictureView(cell[1], MOST_PIXELS) ?? words);
}
