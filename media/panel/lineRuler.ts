import { element } from './element.js';

const CHARACTERS = 100;

/** Measures how many characters fit in a line of output, and tells each change. */
export class LineRuler {
  readonly #text = element('span', {}, '0'.repeat(CHARACTERS));
  readonly #line = element('div', { class: 'text' }, this.#text);
  /** An output without height, of the kind that has the least room. */
  readonly node = element(
    'div',
    { class: 'ruler', 'aria-hidden': 'true' },
    element(
      'div',
      { class: 'row out stderr' },
      element('div', { class: 'tag' }),
      element('div', { class: 'body' }, this.#line),
    ),
  );
  #columns = 0;

  constructor(onChange: (columns: number) => void) {
    const observer = new ResizeObserver(() => {
      const columns = Math.floor((this.#line.clientWidth * CHARACTERS) / this.#text.getBoundingClientRect().width);
      if (!(columns > 0) || columns === this.#columns || !Number.isFinite(columns)) return; // the panel is hidden
      this.#columns = columns;
      onChange(columns);
    });
    observer.observe(this.#line);
    observer.observe(this.#text); // the font may change
  }
}
