import * as l10n from '@vscode/l10n';
import { element } from '../../element.js';
import { isMissing, numberOf, omitsRows } from './cellKinds.js';

type Order = 'ascending' | 'descending';
const next: Readonly<Record<Order | 'none', Order | undefined>> = {
  none: 'ascending',
  ascending: 'descending',
  descending: undefined,
};
const words = new Intl.Collator(undefined, { numeric: true });

/**
 * Makes the rows of a data frame sortable: the column headers become buttons that sort by their column, first
 * ascending, then descending, then in the original order. Rows move as a whole, with their labels. Other tables do not
 * change, because their rows might belong together.
 */
export function makeSortable(table: HTMLTableElement): void {
  const [body, ...others] = table.tBodies;
  if (!table.classList.contains('dataframe') || !body || others.length > 0) return;
  const rows = [...body.rows];
  const heads = headsOf(table, rows);
  if (rows.length < 2 || heads.length === 0) return;
  const buttons = heads.map((head) => buttonIn(head));
  buttons[0]?.setAttribute('tabindex', '0');
  for (const [index, head] of heads.entries()) {
    buttons[index]?.addEventListener('click', () => {
      const order = next[orderOf(head)];
      for (const one of heads) one.removeAttribute('aria-sort');
      if (order) head.setAttribute('aria-sort', order);
      body.append(...(order ? ordered(rows, head.cellIndex, order) : rows));
    });
  }
  moveByArrows(buttons);
}

/** The header texts and cells of a data frame, without the elements for sorting. */
export function withoutSorting(nodes: Iterable<Node>): HTMLElement {
  const copy = element('div', {}, ...Array.from(nodes, (node) => node.cloneNode(true)));
  for (const button of copy.querySelectorAll('button.sort')) button.replaceWith(...button.childNodes);
  for (const head of copy.querySelectorAll('[aria-sort]')) head.removeAttribute('aria-sort');
  return copy;
}

/**
 * The headers of the row that names each column; empty if a cell spans several columns, which then cannot be counted.
 */
function headsOf(table: HTMLTableElement, body: readonly HTMLTableRowElement[]): HTMLTableCellElement[] {
  const width = body[0]?.cells.length ?? 0;
  const isPlain = ({ cells }: HTMLTableRowElement): boolean =>
    cells.length === width && [...cells].every(({ colSpan, rowSpan }) => colSpan === 1 && rowSpan === 1);
  if (!body.every(isPlain)) return [];
  let found: HTMLTableCellElement[] = [];
  for (const row of table.tHead?.rows ?? []) {
    const heads = isPlain(row)
      ? [...row.cells].filter((cell) => cell.nodeName === 'TH' && !cell.querySelector('a'))
      : [];
    if (heads.length > found.length) found = heads;
  }
  return found;
}

function buttonIn(head: HTMLTableCellElement): HTMLButtonElement {
  const button = element('button', {
    class: 'sort',
    type: 'button',
    tabindex: -1,
    title: l10n.t('Sort by this column'),
  });
  button.append(...head.childNodes);
  head.append(button);
  return button;
}

/** Only one of them is a tab stop, because a table can have hundreds of columns. */
function moveByArrows(buttons: readonly HTMLButtonElement[]): void {
  for (const [index, button] of buttons.entries()) {
    button.addEventListener('focus', () => {
      for (const one of buttons) one.tabIndex = one === button ? 0 : -1;
    });
    button.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const other = step === undefined ? undefined : buttons[index + step];
      if (!other) return;
      event.preventDefault();
      other.focus();
    });
  }
}

function orderOf(head: HTMLElement): Order | 'none' {
  const order = head.getAttribute('aria-sort');
  return order === 'ascending' || order === 'descending' ? order : 'none';
}

interface Sortable {
  readonly row: HTMLTableRowElement;
  readonly text: string;
  readonly number: number | undefined;
}

/** Missing values come last in either order, after them only the row that represents omitted rows. */
function ordered(rows: readonly HTMLTableRowElement[], column: number, order: Order): HTMLTableRowElement[] {
  const sign = order === 'ascending' ? 1 : -1;
  const present: Sortable[] = [];
  const absent: HTMLTableRowElement[] = [];
  const omitted: HTMLTableRowElement[] = [];
  for (const row of rows) {
    const text = row.cells[column]?.textContent.trim() ?? '';
    if (omitsRows(row)) omitted.push(row);
    else if (text === '' || isMissing(text)) absent.push(row);
    else present.push({ row, text, number: numberOf(text) });
  }
  const areNumbers = present.every(({ number }) => number !== undefined);
  const compare = (one: Sortable, other: Sortable): number =>
    areNumbers ? (one.number ?? 0) - (other.number ?? 0) || 0 : words.compare(one.text, other.text);
  present.sort((one, other) => sign * compare(one, other));
  return [...present.map(({ row }) => row), ...absent, ...omitted];
}
