import * as l10n from '@vscode/l10n';
import type { Plot } from '../../../src/protocol/plots.js';
import { element } from '../element.js';
import type { PlotData } from './plotData.js';
import { thumbnail } from './thumbnail.js';

/** The list of thumbnails, newest first. */
export class PlotStrip {
  readonly node = element('div', {
    class: 'strip',
    role: 'listbox',
    tabindex: 0,
    'aria-label': l10n.t('Plots, newest first'),
  });
  readonly #data: PlotData;
  readonly #options = new Map<string, HTMLElement>();
  #plots: readonly Plot[] = [];
  #current: string | undefined;

  constructor(data: PlotData, select: (id: string) => void) {
    this.#data = data;
    this.node.addEventListener('click', ({ target }) => {
      const option = target instanceof Element ? target.closest('.plot') : null;
      const found = this.#plots.find(({ id }) => this.#options.get(id) === option);
      if (found) select(found.id);
    });
  }

  /** Draws the plots that are new, and keeps the others as they are. */
  draw(plots: readonly Plot[]): void {
    const ids = new Set(plots.map(({ id }) => id));
    for (const [id, option] of this.#options) {
      if (ids.has(id)) continue;
      option.remove();
      this.#options.delete(id);
    }
    this.#plots = plots;
    for (const [index, plot] of plots.entries()) {
      const option = this.#options.get(plot.id) ?? thumbnail(plot, this.#data);
      this.#options.set(plot.id, option);
      if (this.node.children[index] !== option) this.node.insertBefore(option, this.node.children[index] ?? null);
    }
  }

  select(current: string | undefined): void {
    if (this.#current !== undefined) this.#options.get(this.#current)?.setAttribute('aria-selected', 'false');
    this.#current = current;
    const option = current === undefined ? undefined : this.#options.get(current);
    if (!option) {
      this.node.removeAttribute('aria-activedescendant');
      return;
    }
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    this.node.setAttribute('aria-activedescendant', option.id);
  }
}
