import * as l10n from '@vscode/l10n';
import type { DataSort, Head } from '../../../src/protocol/data.js';
import { element, setText } from '../element.js';
import { columnOfEdge } from './columnResize.js';
import { withChildren } from './gridRow.js';

export interface ShownHeads {
  /** Of the labels of rows; none if rows have numbers only. */
  readonly labels: readonly Head[];
  /** Those that stay in view, and those that scroll. */
  readonly pinned: readonly number[];
  readonly columns: readonly number[];
  /** Undefined for one that has not come yet. */
  readonly head: (column: number) => Head | undefined;
  readonly sort: readonly DataSort[];
}

/** The first row: the names of the columns, their types, and by which of them the rows are sorted. */
export class GridHeads {
  readonly node = element('div', { class: 'row head', role: 'row', 'aria-rowindex': 1 });
  readonly #corner = element('div', { class: 'labels', role: 'presentation' });
  readonly #pins = element('div', { class: 'pins', role: 'presentation' });
  readonly #line = element('div', { class: 'line', role: 'presentation' });

  constructor(clicked: (column: number, add: boolean) => void) {
    this.node.append(this.#corner, this.#pins, this.#line);
    this.node.addEventListener('click', (event) => {
      const head = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-column]') : null;
      if (head && columnOfEdge(event) === undefined) clicked(Number(head.dataset.column), event.shiftKey);
    });
  }

  draw({ labels, pinned, columns, head, sort }: ShownHeads): void {
    const levels = Math.max(1, labels.length);
    withChildren(this.#corner, levels, 'columnheader');
    for (const [level, node] of [...this.#corner.children].entries()) {
      drawHead(node as HTMLElement, labels[level] ?? [l10n.t('Row'), '', 'n'], level);
    }
    for (const [part, shown] of [
      [this.#pins, pinned],
      [this.#line, columns],
    ] as const) {
      withChildren(part, shown.length, 'columnheader');
      for (const [at, column] of shown.entries()) {
        const node = part.children[at] as HTMLElement;
        const found = head(column);
        drawHead(node, found ?? ['', '', 't'], column + levels);
        node.dataset.column = String(column);
        node.classList.toggle('number', found?.[2] === 'n');
        drawSort(node, sort, column);
      }
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
