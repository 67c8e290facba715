import * as l10n from '@vscode/l10n';
import { filterTests, type Head } from '../../../src/protocol/data.js';
import { element, setText, textButton } from '../element.js';
import type { NamedFilter, Steps } from './sortAndFilters.js';

type Test = (typeof filterTests)[number] | 'expression';

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
    expression: '',
  };
  return texts[test];
}

const ANY = '-1';
const EXPRESSION = 'expression';

export interface FilterBarOptions {
  /** Returns what is wrong with the filter, if anything is. */
  readonly add: (filter: NamedFilter) => Promise<string | undefined>;
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
  readonly #problem = element('span', { class: 'problem', role: 'alert', id: 'filterProblem' });
  #example = '';
  #head: { readonly column: number; readonly head: Head } | undefined;

  constructor(options: FilterBarOptions) {
    this.#options = options;
    // No form: VS Code lets pages submit none.
    const apply = textButton('tool', l10n.t('Apply'), () => void this.#apply());
    const close = textButton('tool', l10n.t('Close'), () => this.#close());
    this.#fields.append(this.#column, this.#test, this.#value, apply, close, this.#problem);
    this.#value.setAttribute('aria-describedby', 'filterProblem');
    this.#list.hidden = true;
    this.node = element('div', { class: 'filterBar' }, this.#list, this.#fields);
    this.#column.addEventListener('change', () => this.#fitTests());
    this.#test.addEventListener('change', () => this.#fitValue());
    this.#fields.addEventListener('keydown', ({ key, target }) => {
      if (key === 'Escape') this.#close();
      else if (key === 'Enter' && !(target instanceof HTMLButtonElement)) void this.#apply();
    });
  }

  /** Asks for a filter of a column, of any, or for an expression such as the example. */
  open(column: number, head: Head, example: string): void {
    this.#head = { column, head };
    this.#example = example;
    const options = [
      element('option', { value: column }, head[0]),
      element('option', { value: ANY }, l10n.t('Any column')),
      element('option', { value: EXPRESSION }, l10n.t('Expression')),
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
        const words = [filter.name, testText(filter.test), filter.value].filter(Boolean).join(' ');
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
    const isAny = this.#column.value === ANY;
    const isExpression = this.#column.value === EXPRESSION;
    const isNumber = this.#head?.head[2] === 'n';
    const tests = isAny ? (['contains'] as const) : filterTests;
    this.#test.replaceChildren(...tests.map((test) => element('option', { value: test }, testText(test))));
    this.#test.value = isAny || !isNumber ? 'contains' : 'equals';
    this.#test.hidden = isExpression;
    this.#value.placeholder = isExpression ? this.#example : '';
    this.#value.classList.toggle('expression', isExpression);
    this.#fitValue();
  }

  #fitValue(): void {
    this.#value.hidden = !this.#test.hidden && ['missing', 'present'].includes(this.#test.value);
  }

  async #apply(): Promise<void> {
    const filter = this.#written();
    if (!filter) return;
    this.#tell('');
    const problem = await this.#options.add(filter);
    if (problem === undefined) this.#close();
    else this.#tell(problem);
  }

  #written(): NamedFilter | undefined {
    const test = filterTests.find((one) => one === this.#test.value);
    const { value: of } = this.#column;
    const { value } = this.#value;
    if (of === EXPRESSION)
      return value.trim() === '' ? undefined : { column: -1, test: 'expression', value, name: '', kind: '' };
    if (!test || !this.#head) return undefined;
    const written = this.#value.hidden ? {} : { value };
    if (of === ANY) return { column: -1, test, ...written, name: l10n.t('Any column'), kind: '' };
    const { column, head } = this.#head;
    return { column, test, ...written, name: head[0], kind: head[1] };
  }

  /** What is wrong with what has been written, beside it. */
  #tell(problem: string): void {
    setText(this.#problem, problem);
    this.#value.setAttribute('aria-invalid', String(problem !== ''));
  }

  #close(): void {
    this.#fields.hidden = true;
    this.#tell('');
    this.#value.value = '';
    this.#options.closed();
  }
}
