import * as l10n from '@vscode/l10n';
import { filterTests, type DataFilter, type Head } from '../../../src/protocol/data.js';
import { element, textButton } from '../element.js';
import type { NamedFilter, Steps } from './gridSteps.js';

type Test = DataFilter['test'];

function testText(test: Test): string {
  const texts: Readonly<Record<Test, string>> = {
    equals: '=',
    differs: '≠',
    contains: l10n.t('contains'),
    less: '<',
    atMost: '≤',
    more: '>',
    atLeast: '≥',
    missing: l10n.t('is missing'),
    present: l10n.t('is not missing'),
  };
  return texts[test];
}

export interface FilterBarOptions {
  readonly add: (filter: NamedFilter) => void;
  readonly remove: (filter: NamedFilter) => void;
  readonly showColumns: () => void;
  /** The fields have been closed. */
  readonly closed: () => void;
}

/** The columns that are hidden, and the filters, each with a button that removes it, and the fields of another one. */
export class FilterBar {
  readonly node: HTMLElement;
  readonly #options: FilterBarOptions;
  readonly #list = element('span', { class: 'filters', role: 'list', 'aria-label': l10n.t('Filters') });
  readonly #fields = element('span', {
    class: 'filter',
    role: 'group',
    'aria-label': l10n.t('New filter'),
    hidden: true,
  });
  readonly #column = element('select', { class: 'field', 'aria-label': l10n.t('Column') });
  readonly #test = element('select', { class: 'field', 'aria-label': l10n.t('Test') });
  readonly #value = element('input', { class: 'field', type: 'text', 'aria-label': l10n.t('Value') });
  #head: { readonly column: number; readonly head: Head } | undefined;

  constructor(options: FilterBarOptions) {
    this.#options = options;
    // No form: VS Code lets pages submit none.
    const apply = textButton('tool', l10n.t('Apply'), () => this.#apply());
    const close = textButton('tool', l10n.t('Close'), () => this.#close());
    this.#fields.append(this.#column, this.#test, this.#value, apply, close);
    this.#list.hidden = true;
    this.node = element('div', { class: 'filterBar' }, this.#list, this.#fields);
    this.#column.addEventListener('change', () => this.#fitTests());
    this.#test.addEventListener('change', () => this.#fitValue());
    this.#fields.addEventListener('keydown', ({ key, target }) => {
      if (key === 'Escape') this.#close();
      else if (key === 'Enter' && !(target instanceof HTMLButtonElement)) this.#apply();
    });
  }

  /** Asks for a filter of a column, or of any. */
  open(column: number, head: Head): void {
    this.#head = { column, head };
    const options = [
      element('option', { value: column }, head[0]),
      element('option', { value: -1 }, l10n.t('Any column')),
    ];
    this.#column.replaceChildren(...options);
    this.#fitTests();
    this.#fields.hidden = false;
    this.#value.focus();
  }

  show({ filters }: Steps, hidden: readonly string[]): void {
    this.#list.hidden = filters.length === 0 && hidden.length === 0;
    this.#list.replaceChildren(
      ...(hidden.length === 0 ? [] : [this.#hiddenColumns(hidden)]),
      ...filters.map((filter) => {
        const words = [filter.name, testText(filter.test), filter.value].filter((word) => word !== undefined).join(' ');
        const remove = textButton('remove', '×', () => {
          this.#options.remove(filter);
        });
        remove.setAttribute('aria-label', l10n.t('Remove the filter {0}', words));
        return element('span', { class: 'chip', role: 'listitem' }, words, remove);
      }),
    );
  }

  #hiddenColumns(names: readonly string[]): HTMLElement {
    const words = names.length === 1 ? l10n.t('1 column hidden') : l10n.t('{0} columns hidden', names.length);
    const all = textButton('remove', '×', this.#options.showColumns);
    all.setAttribute('aria-label', l10n.t('Show All Columns'));
    all.title = names.slice(0, 50).join('\n');
    return element('span', { class: 'chip', role: 'listitem' }, words, all);
  }

  #fitTests(): void {
    const isAny = this.#column.value === '-1';
    const isNumber = this.#head?.head[2] === 'n';
    const tests = isAny ? (['contains'] as const) : filterTests;
    this.#test.replaceChildren(...tests.map((test) => element('option', { value: test }, testText(test))));
    this.#test.value = isAny || !isNumber ? 'contains' : 'equals';
    this.#fitValue();
  }

  #fitValue(): void {
    this.#value.hidden = this.#test.value === 'missing' || this.#test.value === 'present';
  }

  #apply(): void {
    const test = filterTests.find((one) => one === this.#test.value);
    if (!test || !this.#head) return;
    const isAny = this.#column.value === '-1';
    const value = this.#value.hidden ? {} : { value: this.#value.value };
    const [name, kind] = isAny ? [l10n.t('Any column'), ''] : this.#head.head;
    this.#options.add({ column: isAny ? -1 : this.#head.column, test, ...value, name, kind });
    this.#close();
  }

  #close(): void {
    this.#fields.hidden = true;
    this.#value.value = '';
    this.#options.closed();
  }
}
