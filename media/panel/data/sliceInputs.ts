import * as l10n from '@vscode/l10n';
import { element } from '../element.js';

/**
 * Which one of several tables is shown, and which slice of an array of more than two dimensions: a position for each of
 * the first dimensions.
 */
export class SliceInputs {
  readonly node = element('span', { class: 'slices' });
  readonly #changed: () => void;
  #shape = '';
  #choices = '';
  readonly #choice = element('select', { class: 'field' });
  readonly #chooses = element('label', { hidden: true }, l10n.t('Variable'), ' ', this.#choice);
  readonly #axes = element('span', { class: 'slices' });
  #inputs: readonly HTMLInputElement[] = [];

  /**
   * @param chosen called when another table is shown
   * @param changed called when another slice is shown
   */
  constructor(chosen: () => void, changed: () => void) {
    this.#changed = changed;
    this.#choice.addEventListener('change', chosen);
    this.node.append(this.#chooses, this.#axes);
  }

  /** Undefined if there is only one table. */
  get choice(): number | undefined {
    return this.#chooses.hidden ? undefined : this.#choice.selectedIndex;
  }

  /** Undefined if there is nothing to choose. */
  get positions(): number[] | undefined {
    if (this.#inputs.length === 0) return undefined;
    return this.#inputs.map(({ value, max }) => Math.min(Number(max), Math.max(0, Math.trunc(Number(value)) || 0)));
  }

  show(shape: readonly number[], choices: readonly string[]): void {
    this.#showChoices(choices);
    if (this.#shape === shape.join()) return;
    this.#shape = shape.join();
    this.#inputs = shape
      .slice(0, -2)
      .map((size) =>
        element('input', { class: 'field', type: 'number', min: 0, max: Math.max(0, size - 1), value: 0 }),
      );
    for (const input of this.#inputs) input.addEventListener('change', this.#changed);
    const labels = this.#inputs.map((input, axis) => element('label', {}, l10n.t('Axis {0}', axis), ' ', input));
    this.#axes.replaceChildren(...labels);
  }

  #showChoices(choices: readonly string[]): void {
    const key = JSON.stringify(choices);
    if (this.#choices === key) return;
    this.#choices = key;
    this.#chooses.hidden = choices.length === 0;
    this.#choice.replaceChildren(...choices.map((name) => element('option', {}, name)));
  }
}
