/** By how much a key makes a column wider or narrower. */
const STEP = 16;
const NARROWEST = 24;
const WIDEST = 2000;

export interface ColumnResizeOptions {
  /** The element that has the heads, whose edges are dragged. */
  readonly heads: HTMLElement;
  /** The element that has the keys. */
  readonly keys: HTMLElement;
  readonly activeColumn: () => number;
  readonly width: (column: number) => number;
  readonly resize: (column: number, width: number) => void;
  /** Makes it as wide as its contents. */
  readonly fit: (column: number) => void;
}

/** Columns become wider and narrower when their edges are dragged, or with Alt and the arrows. */
export function resizeColumns({ heads, keys, activeColumn, width, resize, fit }: ColumnResizeOptions): void {
  const set = (column: number, pixels: number): void => {
    resize(column, Math.min(WIDEST, Math.max(NARROWEST, Math.round(pixels))));
  };
  heads.addEventListener('pointerdown', (event) => {
    const column = columnOfEdge(event);
    if (column === undefined || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation(); // cells are not selected
    const [from, before] = [event.clientX, width(column)];
    const drag = (moved: PointerEvent): void => {
      set(column, before + moved.clientX - from);
    };
    window.addEventListener('pointermove', drag);
    const stop = (): void => {
      window.removeEventListener('pointermove', drag);
    };
    window.addEventListener('pointerup', stop, { once: true });
  });
  heads.addEventListener('dblclick', (event) => {
    const column = columnOfEdge(event);
    if (column !== undefined) fit(column);
  });
  keys.addEventListener('keydown', (event) => {
    const sign = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!event.altKey || event.ctrlKey || event.metaKey || sign === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // VS Code would go back
    set(activeColumn(), width(activeColumn()) + sign * STEP);
  });
}

/** The column whose edge an event is on. */
export function columnOfEdge({ target }: Event): number | undefined {
  const edge = target instanceof Element ? target.closest<HTMLElement>('.edge') : null;
  const column = edge?.parentElement?.dataset.column;
  return column === undefined ? undefined : Number(column);
}
