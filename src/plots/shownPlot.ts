import type { ListedPlot } from './plotList.js';

/** Which plot is in front: the one that the user chose, until a newer one comes. */
export class ShownPlot {
  #plots: readonly ListedPlot[] = [];
  #current: ListedPlot | undefined;

  get current(): ListedPlot | undefined {
    return this.#current;
  }

  /** Takes the plots, newest first, and returns whether a new one has come. */
  update(plots: readonly ListedPlot[]): boolean {
    const [newest] = plots;
    const [before] = this.#plots;
    const hasNew = newest !== undefined && (before === undefined || isNewer(newest, before));
    const old = this.#current;
    this.#plots = plots;
    this.#current = hasNew || !old ? newest : (this.find(old.id) ?? neighbor(plots, old));
    return hasNew;
  }

  find(id: string): ListedPlot | undefined {
    return this.#plots.find((plot) => plot.id === id);
  }

  select(id: string): void {
    this.#current = this.find(id) ?? this.#current;
  }

  /** Goes to a newer plot (-1) or an older one (1), if there is one. */
  step(by: -1 | 1): void {
    const index = this.#plots.findIndex(({ id }) => id === this.#current?.id);
    this.#current = this.#plots[index + by] ?? this.#current;
  }
}

function isNewer(one: ListedPlot, other: ListedPlot): boolean {
  return one.key > other.key || (one.key === other.key && one.part > other.part);
}

/** The next older one of a plot that is gone, or the oldest. */
function neighbor(plots: readonly ListedPlot[], gone: ListedPlot): ListedPlot | undefined {
  return plots.find((plot) => isNewer(gone, plot)) ?? plots.at(-1);
}
