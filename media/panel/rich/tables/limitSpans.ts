/** In cells of the grid: the time that a browser needs to lay a table out grows with them, spanned or not. */
const MOST_SPANNED = 10_000;
const names = ['colspan', 'rowspan', 'span', 'columnspan'];

/** Removes the spans of table cells and columns once they cover more of the grid than can be laid out. */
export function limitSpans(content: ParentNode): void {
  let left = MOST_SPANNED;
  for (const cell of content.querySelectorAll(names.map((name) => `[${name}]`).join())) {
    left -= spanned(cell);
    if (left < 0) for (const name of names) cell.removeAttribute(name);
  }
}

function spanned(cell: Element): number {
  if (cell instanceof HTMLTableCellElement) return cell.colSpan * (cell.rowSpan || rowsBeside(cell));
  if (cell instanceof HTMLTableColElement) return cell.span;
  return cell instanceof MathMLElement ? spanOf(cell, 'columnspan') * spanOf(cell, 'rowspan') : 0;
}

/** At most as many are below it: a span of 0 rows goes on to the end. */
function rowsBeside({ parentElement: row }: Element): number {
  return row?.parentElement?.childElementCount ?? 1;
}

function spanOf(cell: Element, name: string): number {
  return Number.parseInt(cell.getAttribute(name) ?? '', 10) || 1;
}
