import * as l10n from '@vscode/l10n';
import type { DataSort, Head } from '../../../src/protocol/data.js';
import { element, setText } from '../element.js';
import { columnOfEdge } from './columnResize.js';
import { withChildren } from './gridRow.js';

export interface ShownHeads {
  /** Of the labels of rows; none if rows have numbers only. */
  readonly labels: readonly Head[];
  readonly columns: readonly number[];
  /** Undefined for those that have not come yet. */
  readonly heads: readonly (Head | undefined)[];
  readonly sort: readonly DataSort[];
}

/** The first row: the names of the columns, their types, and by which of them the rows are sorted. */
export class GridHeads {
  readonly node = element('div', { class: 'row head', role: 'row', 'aria-rowindex': 1 });
  readonly #corner = element('div', { class: 'labels', role: 'presentation' });
  readonly #line = element('div', { class: 'line', role: 'presentation' });

  /** `clicked` is called with the horizontal position in the window. */
  constructor(clicked: (clientX: number, add: boolean) => void) {
    this.node.append(this.#corner, this.#line);
    this.#line.addEventListener('click', (event) => {
      if (columnOfEdge(event) === undefined) clicked(event.clientX, event.shiftKey);
    });
  }

  draw({ labels, columns, heads, sort }: ShownHeads): void {
    const levels = Math.max(1, labels.length);
    withChildren(this.#corner, levels, 'columnheader');
    withChildren(this.#line, columns.length, 'columnheader');
    for (const [level, node] of [...this.#corner.children].entries()) {
      drawHead(node as HTMLElement, labels[level] ?? [l10n.t('Row'), '', 'n'], level);
    }
    for (const [at, node] of [...this.#line.children].entries()) {
      const column = columns[at] ?? 0;
      const head = heads[at];
      drawHead(node as HTMLElement, head ?? ['', '', 't'], column + levels);
      (node as HTMLElement).dataset.column = String(column);
      node.classList.toggle('number', head?.[2] === 'n');
      drawSort(node, sort, column);
    }
  }
}

function drawHead(node: HTMLElement, [name, kind]: Head, index: number): void {
  node.setAttribute('aria-colindex', String(index + 1));
  if (node.childElementCount === 0) {
    const edge = element('span', { class: 'edge', 'aria-hidden': true });
    node.append(element('span', { class: 'name' }), element('span', { class: 'kind' }), edge);
  }
  if (node.children[0]) setText(node.children[0], name);
  if (node.children[1]) setText(node.children[1], kind);
  node.title = [name, kind].filter(Boolean).join('\n');
}

function drawSort(node: Element, sort: readonly DataSort[], column: number): void {
  const place = sort.findIndex((one) => one.column === column);
  const direction = place < 0 ? 'none' : sort[place]?.descending ? 'descending' : 'ascending';
  node.setAttribute('aria-sort', direction);
  node.children[1]?.setAttribute('data-place', sort.length > 1 ? String(place + 1) : '');
}
