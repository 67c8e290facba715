import * as l10n from '@vscode/l10n';
import { element } from '../element.js';

/** Which slice of an array of more than two dimensions is shown: a position for each of the first dimensions. */
export class SliceInputs {
  readonly node = element('span', { class: 'slices' });
  readonly #changed: () => void;
  #shape = '';
  #inputs: readonly HTMLInputElement[] = [];

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Undefined if there is nothing to choose. */
  get positions(): number[] | undefined {
    if (this.#inputs.length === 0) return undefined;
    return this.#inputs.map(({ value, max }) => Math.min(Number(max), Math.max(0, Math.trunc(Number(value)) || 0)));
  }

  show(shape: readonly number[]): void {
    if (this.#shape === shape.join()) return;
    this.#shape = shape.join();
    this.#inputs = shape
      .slice(0, -2)
      .map((size) =>
        element('input', { class: 'field', type: 'number', min: 0, max: Math.max(0, size - 1), value: 0 }),
      );
    for (const input of this.#inputs) input.addEventListener('change', this.#changed);
    const labels = this.#inputs.map((input, axis) => element('label', {}, l10n.t('Axis {0}', axis), ' ', input));
    this.node.replaceChildren(...labels);
  }
}
