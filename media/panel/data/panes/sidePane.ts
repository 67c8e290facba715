import { element, textButton } from '../../element.js';

export interface SidePaneOptions {
  /** What the pane is, and what its button does, for those who do not see them. */
  readonly label: string;
  readonly close: string;
  readonly toggled: (isOpen: boolean) => void;
}

/** An area beside the table, or below it where the view is narrow. */
export class SidePane {
  readonly node: HTMLElement;
  protected readonly title = element('h2', { class: 'title' });
  protected readonly kind = element('p', { class: 'kind' });
  readonly #toggled: (isOpen: boolean) => void;

  constructor({ label, close, toggled }: SidePaneOptions) {
    this.#toggled = toggled;
    const closes = textButton('tool', '×', () => {
      this.toggle(false);
    });
    closes.setAttribute('aria-label', close);
    this.node = element(
      'aside',
      { class: 'pane', 'aria-label': label, tabindex: 0, hidden: true },
      element('div', { class: 'top' }, this.title, closes),
      this.kind,
    );
    this.node.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') this.toggle(false);
    });
  }

  get isOpen(): boolean {
    return !this.node.hidden;
  }

  toggle(isOpen = !this.isOpen): void {
    if (isOpen === this.isOpen) return;
    this.node.hidden = !isOpen;
    this.#toggled(isOpen);
  }
}
