import type { DataSort, DataWindow, Head } from '../../../src/protocol/data.js';
import { element } from '../element.js';
import { CellBlocks, type Span } from './cellBlocks.js';
import { ColumnLayout } from './columnLayout.js';
import { resizeColumns } from './columnResize.js';
import { columnWidth, measureIn, type Measure } from './columnWidth.js';
import { GridHeads } from './gridHeads.js';
import { activeId, GridRow } from './gridRow.js';
import { GridSelection, type Place, placeAfter } from './gridSelection.js';
import { RowLabels } from './rowLabels.js';
import { RowScroll } from './rowScroll.js';
import { around, type Wanted } from './dataLoader.js';

/** Further columns are not shown. */
export const MOST_COLUMNS = 20_000;
const USUAL_WIDTH = 110;
const MORE_ROWS = 40;
const MORE_COLUMNS = 4;
const LINES_OF_HEAD = 2;

export interface GridViewOptions {
  /** Called when the view may need other cells. */
  readonly want: () => void;
  /** Called when the user clicks the head of a column. */
  readonly headClicked: (column: number, add: boolean) => void;
}

/**
 * A table of any length: only the cells in the view are elements. They stay where they are while the scroll bar moves, and
 * show other cells. No cell is measured or laid out by its contents.
 */
export class GridView {
  readonly node: HTMLElement;
  readonly blocks = new CellBlocks();
  readonly selection = new GridSelection();
  readonly #options: GridViewOptions;
  readonly #space = element('div', { class: 'space', role: 'presentation' });
  readonly #layer = element('div', { class: 'layer', role: 'presentation' });
  readonly #heads: GridHeads;
  readonly #rows: GridRow[] = [];
  readonly #scroll: RowScroll;
  readonly #headHeight: number;
  /** In the font of the grid, which is known when it is in the page. */
  #measure: Measure | undefined;
  #columns = new ColumnLayout(0, USUAL_WIDTH);
  readonly #fitted = new Set<number>();
  readonly #labels = new RowLabels();
  #rowCount = 0;
  #sort: readonly DataSort[] = [];
  #frame: number | undefined;

  constructor(options: GridViewOptions) {
    this.#options = options;
    const fontSize = getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-font-size');
    const size = Number.parseFloat(fontSize) || 13;
    const rowHeight = Math.round(size * 1.85);
    this.#scroll = new RowScroll(rowHeight);
    this.#headHeight = Math.round(rowHeight * LINES_OF_HEAD * 0.85);
    this.#heads = new GridHeads((clientX, add) => {
      const x = clientX - this.node.getBoundingClientRect().left - this.#labels.width;
      options.headClicked(this.#columns.at(x + this.node.scrollLeft), add);
    });
    this.#layer.append(this.#heads.node);
    this.#space.append(this.#layer);
    this.node = element(
      'div',
      { class: 'grid', role: 'grid', tabindex: 0, 'aria-multiselectable': 'true' },
      this.#space,
    );
    this.node.style.setProperty('--row', `${String(rowHeight)}px`);
    this.node.style.setProperty('--head', `${String(this.#headHeight)}px`);
    this.#listen();
    resizeColumns({
      heads: this.#heads.node,
      keys: this.node,
      activeColumn: () => this.selection.active.column,
      width: (column) => this.#columns.width(column),
      resize: (column, width) => {
        this.#columns.resize(column, width);
        this.#fit();
      },
      fit: (column) => {
        this.#fitToContents(column);
      },
    });
    new ResizeObserver(() => this.#fit()).observe(this.node);
  }

  /** Takes a window, whose sizes are those of the table now. */
  take(window: DataWindow): void {
    const columns = Math.min(window.columns, MOST_COLUMNS);
    if (columns !== this.#columns.count) {
      this.#columns = new ColumnLayout(columns, USUAL_WIDTH);
      this.#fitted.clear();
    }
    const { column } = this.selection.active;
    const isWhole = this.#isWhole(column);
    this.#rowCount = window.rows;
    this.blocks.add(window);
    this.selection.fit(window.rows, columns);
    for (const [at, head] of window.heads.entries())
      this.#fitColumn(window.start[1] + at, head, window.cells[at] ?? []);
    this.#labels.fit(window, this.#measured);
    this.node.setAttribute('aria-rowcount', String(window.rows + 1));
    this.node.setAttribute('aria-colcount', String(window.columns + this.#labels.widths.length));
    this.#fit();
    if (isWhole) this.#revealColumn(column); // other columns may have become wider
  }

  /** What the view needs and does not have; undefined if it has everything. */
  missing(): Wanted | undefined {
    const rows = this.#scroll.visible;
    const columns = this.#visibleColumns();
    if (this.blocks.covers(rows, columns)) return undefined;
    return {
      rows: around(rows, this.#rowCount, MORE_ROWS),
      columns: around(columns, this.#columns.count, MORE_COLUMNS),
    };
  }

  /** Shows a cell and makes it the active one. */
  select(place: Place, extend = false): void {
    this.selection.select(place, extend);
    const { row, column } = this.selection.active;
    this.#scroll.reveal(row);
    this.node.scrollTop = this.#scroll.bar;
    this.#revealColumn(column);
    this.draw();
  }

  /** The columns that are not shown. */
  get hidden(): readonly number[] {
    return this.#columns.hidden;
  }

  /** Hides the selected columns. */
  hideSelected(): void {
    const [first, last] = this.selection.range.columns;
    this.#columns.hide(Array.from({ length: last - first + 1 }, (_, at) => first + at));
    this.select({ row: this.selection.active.row, column: this.#columns.shown(last, 1) });
    this.#fit();
  }

  showAll(): void {
    this.#columns.unhide();
    this.#fit();
  }

  /** By which columns the rows are sorted, to be told in their heads. */
  set sort(sort: readonly DataSort[]) {
    this.#sort = sort;
    this.draw();
  }

  /** Draws with the next frame. */
  draw(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#drawNow();
    });
  }

  #listen(): void {
    this.node.addEventListener('scroll', () => {
      this.#scroll.barMoved(this.node.scrollTop);
      this.draw();
    });
    this.node.addEventListener(
      'wheel',
      (event) => {
        if (!this.#scroll.isScaled || event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
        event.preventDefault(); // the scroll bar would skip rows
        this.#scroll.scrollBy(event.deltaMode === 1 ? event.deltaY * this.#scroll.rowHeight : event.deltaY);
        this.node.scrollTop = this.#scroll.bar;
        this.node.scrollLeft += event.deltaX;
        this.draw();
      },
      { passive: false },
    );
    this.node.addEventListener('keydown', (event) => {
      const place = event.altKey ? undefined : placeAfter(event, this.selection.active, this.#scroll.page);
      const isAll = (event.ctrlKey || event.metaKey) && event.key === 'a';
      if (!place && !isAll) return;
      event.preventDefault();
      const direction = place ? place.column - this.selection.active.column : 0;
      if (place) this.select({ ...place, column: this.#columns.shown(place.column, direction) }, event.shiftKey);
      else this.selection.selectAll();
      this.draw();
    });
    this.node.addEventListener('pointerdown', (event) => {
      const place = this.#placeAt(event);
      if (!place || event.button !== 0) return;
      this.select(place, event.shiftKey);
      const drag = (moved: PointerEvent): void => {
        const to = this.#placeAt(moved);
        if (to) this.select(to, true);
      };
      this.node.addEventListener('pointermove', drag);
      const stop = (): void => this.node.removeEventListener('pointermove', drag);
      window.addEventListener('pointerup', stop, { once: true });
    });
  }

  #placeAt({ clientX, clientY }: MouseEvent): Place | undefined {
    const { left, top } = this.node.getBoundingClientRect();
    const [x, y] = [clientX - left - this.#labels.width, clientY - top - this.#headHeight];
    if (y < 0 || clientX - left > this.node.clientWidth || clientY - top > this.node.clientHeight) return undefined;
    const row = Math.floor((y + this.#scroll.top) / this.#scroll.rowHeight);
    return { row, column: this.#columns.at(Math.max(0, x) + this.node.scrollLeft) };
  }

  get #room(): number {
    return this.node.clientWidth - this.#labels.width;
  }

  #isWhole(column: number): boolean {
    const start = this.#columns.start(column) - this.node.scrollLeft;
    return start >= 0 && start + this.#columns.width(column) <= this.#room;
  }

  #revealColumn(column: number): void {
    const [start, width] = [this.#columns.start(column), this.#columns.width(column)];
    if (this.#isWhole(column)) return;
    const isBefore = start < this.node.scrollLeft;
    this.node.scrollLeft = isBefore ? start : Math.min(start, start + width - this.#room);
  }

  get #measured(): Measure {
    return (this.#measure ??= measureIn(this.node));
  }

  #fitColumn(column: number, head: Head, cells: DataWindow['cells'][number]): void {
    if (this.#fitted.has(column)) return;
    this.#fitted.add(column);
    this.#columns.resize(column, columnWidth(head, cells, this.#measured));
  }

  #fitToContents(column: number): void {
    const [first, last] = this.#scroll.visible;
    const cells = Array.from({ length: last - first }, (_, at) => this.blocks.cell(first + at, column) ?? '');
    this.#columns.resize(column, columnWidth(this.blocks.head(column) ?? ['', '', 't'], cells, this.#measured));
    this.#fit();
  }

  #fit(): void {
    const { clientWidth, clientHeight } = this.node;
    this.#scroll.fit(this.#rowCount, Math.max(0, clientHeight - this.#headHeight));
    this.#space.style.height = `${String(this.#scroll.height + this.#headHeight)}px`;
    this.#space.style.width = `${String(this.#labels.width + this.#columns.total)}px`;
    this.#layer.style.width = `${String(clientWidth)}px`;
    this.#layer.style.height = `${String(clientHeight)}px`;
    this.draw();
  }

  #visibleColumns(): Span {
    const left = this.node.scrollLeft;
    const right = left + this.node.clientWidth - this.#labels.width;
    if (this.#columns.count === 0) return [0, 0];
    return [this.#columns.at(left), this.#columns.at(right) + 1];
  }

  #drawNow(): void {
    const [firstRow, lastRow] = this.#scroll.visible;
    const [firstColumn, lastColumn] = this.#visibleColumns();
    const columns = Array.from({ length: lastColumn - firstColumn }, (_, at) => firstColumn + at).filter(
      (column) => !this.#columns.isHidden(column),
    );
    const { style } = this.#layer;
    style.setProperty('--labels', this.#labels.widths.map((width) => `${String(width)}px`).join(' '));
    style.setProperty('--labels-width', `${String(this.#labels.width)}px`);
    style.setProperty('--columns', columns.map((column) => `${String(this.#columns.width(column))}px`).join(' '));
    style.setProperty('--shift', `${String(this.#columns.start(firstColumn) - this.node.scrollLeft)}px`);
    const heads = columns.map((column) => this.blocks.head(column));
    this.#heads.draw({ labels: this.#labels.heads, columns, heads, sort: this.#sort });
    while (this.#rows.length > lastRow - firstRow) this.#rows.pop()?.node.remove();
    while (this.#rows.length < lastRow - firstRow) {
      const row = new GridRow();
      this.#rows.push(row);
      this.#layer.append(row.node);
    }
    const { active } = this.selection;
    for (const [at, shown] of this.#rows.entries()) {
      const row = firstRow + at;
      shown.node.style.transform = `translateY(${String(row * this.#scroll.rowHeight - this.#scroll.top + this.#headHeight)}px)`;
      shown.draw({
        row,
        labels: this.#labels.of(row, this.blocks),
        columns,
        cells: columns.map((column) => this.blocks.cell(row, column)),
        heads,
        isSelected: (column) => this.selection.has(row, column),
        active: active.row === row ? active.column : undefined,
      });
    }
    const isShown = active.row >= firstRow && active.row < lastRow && columns.includes(active.column);
    if (isShown) this.node.setAttribute('aria-activedescendant', activeId(active.row, active.column));
    else this.node.removeAttribute('aria-activedescendant');
    this.#options.want();
  }
}
