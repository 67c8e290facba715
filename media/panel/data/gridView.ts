import type { DataSort, DataWindow, Head } from '../../../src/protocol/data.js';
import { element } from '../element.js';
import { CellBlocks, type Span } from './cellBlocks.js';
import { ColumnLayout } from './columnLayout.js';
import { resizeColumns } from './columnResize.js';
import { columnWidth, measureIn, type Measure } from './columnWidth.js';
import { GridHeads } from './gridHeads.js';
import { listenToGrid } from './gridInput.js';
import { activeId, GridRow } from './gridRow.js';
import { GridSelection, type Place } from './gridSelection.js';
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
 * A table of any length: only the cells in the view are elements. They stay where they are while the scroll bar moves,
 * and show other cells. No cell is measured or laid out by its contents.
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
    this.#heads = new GridHeads(options.headClicked);
    this.#layer.append(this.#heads.node);
    this.#space.append(this.#layer);
    this.node = element(
      'div',
      { class: 'grid', role: 'grid', tabindex: 0, 'aria-multiselectable': 'true' },
      this.#space,
    );
    this.node.style.setProperty('--row', `${String(rowHeight)}px`);
    this.node.style.setProperty('--head', `${String(this.#headHeight)}px`);
    listenToGrid({
      node: this.node,
      scroll: this.#scroll,
      selection: this.selection,
      columns: () => this.#columns,
      placeAt: (event) => this.#placeAt(event),
      select: (place, extend) => {
        this.select(place, extend);
      },
      draw: () => {
        this.draw();
      },
    });
    resizeColumns({
      heads: this.#heads.node,
      keys: this.node,
      activeColumn: () => this.selection.active.column,
      width: (column) => this.#columns.ownWidth(column),
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
    const wanted = around(rows, this.#rowCount, MORE_ROWS);
    if (!this.blocks.covers(rows, columns))
      return { rows: wanted, columns: around(columns, this.#columns.count, MORE_COLUMNS) };
    const pinned = this.#columns.pinned.find((column) => !this.blocks.covers(rows, [column, column + 1]));
    return pinned === undefined ? undefined : { rows: wanted, columns: [pinned, pinned + 1] };
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

  get isPinned(): boolean {
    return this.#columns.pinned.includes(this.selection.active.column);
  }

  /** Keeps the column of the active cell in view, left of all others, or no longer. */
  togglePin(): void {
    this.#columns.pin(this.selection.active.column, !this.isPinned);
    this.#fit();
    this.#revealColumn(this.selection.active.column);
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

  #placeAt({ clientX, clientY }: MouseEvent): Place | undefined {
    const { left, top } = this.node.getBoundingClientRect();
    const [x, y] = [clientX - left - this.#left, clientY - top - this.#headHeight];
    if (y < 0 || clientX - left > this.node.clientWidth || clientY - top > this.node.clientHeight) return undefined;
    const row = Math.floor((y + this.#scroll.top) / this.#scroll.rowHeight);
    const pinned = x < 0 ? this.#columns.pinnedAt(x + this.#columns.pinnedWidth) : undefined;
    return { row, column: pinned ?? this.#columns.at(Math.max(0, x) + this.node.scrollLeft) };
  }

  /** Where the columns that scroll begin. */
  get #left(): number {
    return this.#labels.width + this.#columns.pinnedWidth;
  }

  get #room(): number {
    return this.node.clientWidth - this.#left;
  }

  #isWhole(column: number): boolean {
    if (this.#columns.pinned.includes(column)) return true;
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
    this.#space.style.width = `${String(this.#left + this.#columns.total)}px`;
    this.#layer.style.width = `${String(clientWidth)}px`;
    this.#layer.style.height = `${String(clientHeight)}px`;
    this.draw();
  }

  #visibleColumns(): Span {
    const left = this.node.scrollLeft;
    if (this.#columns.count === 0) return [0, 0];
    return [this.#columns.at(left), this.#columns.at(left + this.#room) + 1];
  }

  #drawNow(): void {
    const [firstRow, lastRow] = this.#scroll.visible;
    const [firstColumn, lastColumn] = this.#visibleColumns();
    const columns = Array.from({ length: lastColumn - firstColumn }, (_, at) => firstColumn + at).filter(
      (column) => this.#columns.width(column) > 0,
    );
    const { pinned } = this.#columns;
    const { style } = this.#layer;
    style.setProperty('--labels', this.#labels.widths.map((width) => `${String(width)}px`).join(' '));
    style.setProperty('--labels-width', `${String(this.#labels.width)}px`);
    const widthsOf = (some: readonly number[]): string =>
      some.map((column) => `${String(this.#columns.ownWidth(column))}px`).join(' ');
    style.setProperty('--pins', widthsOf(pinned));
    style.setProperty('--left', `${String(this.#left)}px`);
    style.setProperty('--columns', widthsOf(columns));
    style.setProperty('--shift', `${String(this.#columns.start(firstColumn) - this.node.scrollLeft)}px`);
    const head = (column: number): Head | undefined => this.blocks.head(column);
    this.#heads.draw({ labels: this.#labels.heads, pinned, columns, head, sort: this.#sort });
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
        pinned,
        columns,
        cell: (column) => this.blocks.cell(row, column),
        head,
        isSelected: (column) => this.selection.has(row, column),
        active: active.row === row ? active.column : undefined,
      });
    }
    const isShown = active.row >= firstRow && active.row < lastRow && [...pinned, ...columns].includes(active.column);
    if (isShown) this.node.setAttribute('aria-activedescendant', activeId(active.row, active.column));
    else this.node.removeAttribute('aria-activedescendant');
    this.#options.want();
  }
}
