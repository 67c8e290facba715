import type { ColumnLayout } from './columnLayout.js';
import type { GridSelection, Place } from './gridSelection.js';
import type { RowScroll } from './rowScroll.js';

export interface GridInputOptions {
  readonly node: HTMLElement;
  readonly scroll: RowScroll;
  readonly selection: GridSelection;
  readonly columns: () => ColumnLayout;
  readonly placeAt: (event: MouseEvent) => Place | undefined;
  readonly select: (place: Place, extend: boolean) => void;
  readonly draw: () => void;
}

/** What the wheel, the scroll bar, keys and the pointer do to a grid. */
export function listenToGrid(options: GridInputOptions): void {
  listenToScrolling(options);
  const { node, scroll, selection, columns, placeAt, select, draw } = options;
  node.addEventListener('keydown', (event) => {
    const place = event.altKey ? undefined : placeAfter(event, selection.active, scroll.page);
    const isAll = (event.ctrlKey || event.metaKey) && event.key === 'a';
    if (!place && !isAll) return;
    event.preventDefault();
    const direction = place ? place.column - selection.active.column : 0;
    if (place) select({ ...place, column: columns().shown(place.column, direction) }, event.shiftKey);
    else selection.selectAll();
    draw();
  });
  node.addEventListener('pointerdown', (event) => {
    const place = placeAt(event);
    if (!place || event.button !== 0) return;
    select(place, event.shiftKey);
    const drag = (moved: PointerEvent): void => {
      const to = placeAt(moved);
      if (to) select(to, true);
    };
    node.addEventListener('pointermove', drag);
    const stop = (): void => {
      node.removeEventListener('pointermove', drag);
    };
    window.addEventListener('pointerup', stop, { once: true });
  });
}

function listenToScrolling({ node, scroll, draw }: GridInputOptions): void {
  node.addEventListener('scroll', () => {
    scroll.barMoved(node.scrollTop);
    draw();
  });
  node.addEventListener(
    'wheel',
    (event) => {
      if (!scroll.isScaled || event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
      event.preventDefault(); // the scroll bar would skip rows
      scroll.scrollBy(event.deltaMode === 1 ? event.deltaY * scroll.rowHeight : event.deltaY);
      node.scrollTop = scroll.bar;
      node.scrollLeft += event.deltaX;
      draw();
    },
    { passive: false },
  );
}

/** Where a key leads to; undefined for other keys. `page` is the number of rows in the view. */
export function placeAfter(
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  { row, column }: Place,
  page: number,
): Place | undefined {
  const far = ctrlKey || metaKey;
  switch (key) {
    case 'ArrowUp':
      return { row: far ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: far ? Infinity : row + 1, column };
    case 'ArrowLeft':
      return { row, column: far ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: far ? Infinity : column + 1 };
    case 'PageUp':
      return { row: row - page, column };
    case 'PageDown':
      return { row: row + page, column };
    case 'Home':
      return { row: far ? 0 : row, column: 0 };
    case 'End':
      return { row: far ? Infinity : row, column: Infinity };
    default:
      return undefined;
  }
}
