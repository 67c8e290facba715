import * as l10n from '@vscode/l10n';
import type { Cell, ColumnStatistics } from '../../../../src/protocol/data.js';
import { element, setText, textButton } from '../../element.js';
import { shownText } from '../cellText.js';
import type { StatisticsAnswer } from '../dataLoader.js';
import { SidePane } from './sidePane.js';
import { factTexts, histogramText, shareText } from './statisticsText.js';

/** The user may pass a column on the way to another one. */
const SETTLE_MS = 120;
/** What takes longer is not computed again by itself after each command. */
const QUICK_MS = 200;

export interface StatisticsPaneOptions {
  readonly ask: (column: number) => Promise<StatisticsAnswer>;
  /** Shows only the rows with this value. */
  readonly filter: (column: number, value: string) => void;
  readonly toggled: (isOpen: boolean) => void;
  /** There is something to be told to those who do not see it. */
  readonly say: (words: string) => void;
}

/** Beside the table: what there is to tell of the column of the active cell. */
export class StatisticsPane extends SidePane {
  readonly #options: StatisticsPaneOptions;
  readonly #body = element('div', { class: 'found' });
  readonly #compute: HTMLButtonElement;
  #timer: number | undefined;
  /** What is shown or on its way: a column, and the state of the data. */
  #asked = '';
  #settling = '';
  #isQuick = true;

  constructor(options: StatisticsPaneOptions) {
    super({ label: l10n.t('Column Statistics'), close: l10n.t('Close Statistics'), toggled: options.toggled });
    this.#options = options;
    this.#compute = textButton('tool', l10n.t('Compute Again'), () => {
      this.#isQuick = true;
      this.#asked = '';
      this.#options.toggled(true);
    });
    this.#compute.hidden = true;
    this.node.append(this.#compute, this.#body);
  }

  override toggle(isOpen = !this.isOpen): void {
    this.#asked = '';
    super.toggle(isOpen);
  }

  /** The active column, whose values are others with another `turn`. */
  follow(column: number, turn: number): void {
    const key = `${String(column)}/${String(turn)}`;
    if (!this.isOpen || key === this.#asked || key === this.#settling) return;
    if (!this.#isQuick && key.split('/')[0] === this.#asked.split('/')[0]) {
      this.#compute.hidden = false;
      return;
    }
    this.#settling = key;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#load(column, key), SETTLE_MS);
  }

  async #load(column: number, key: string): Promise<void> {
    this.#settling = '';
    this.#asked = key;
    const begun = performance.now();
    const found = await this.#options.ask(column);
    if (this.#asked !== key) return;
    if (found === 'later') this.#asked = '';
    else if (found) {
      this.#isQuick = performance.now() - begun < QUICK_MS;
      this.#show(column, found);
    }
  }

  #show(column: number, found: ColumnStatistics): void {
    const [name, kind] = found.head;
    this.#compute.hidden = true;
    setText(this.title, name);
    setText(this.kind, kind);
    const facts = factTexts(found);
    const list = facts.flatMap(([fact, text]) => [element('dt', {}, fact), element('dd', {}, text)]);
    this.#body.replaceChildren(
      ...histogram(found),
      element('dl', { class: 'numbers' }, ...list),
      ...this.#topValues(column, found),
    );
    this.#options.say([name, ...facts.slice(0, 3).map((words) => words.join(': '))].join(', '));
  }

  #topValues(column: number, { top, rows }: ColumnStatistics): HTMLElement[] {
    if (top.length === 0) return [];
    const items = top.map(([cell, count]) =>
      element('li', {}, this.#value(column, cell), element('span', { class: 'count' }, shareText(count, rows))),
    );
    return [element('h3', {}, l10n.t('Most Frequent Values')), element('ol', { class: 'values' }, ...items)];
  }

  /** A button, where the value can be written in a filter. */
  #value(column: number, cell: Cell): HTMLElement {
    const text = shownText(cell);
    const isWhole = typeof cell === 'string' || cell[0] === 'n' || cell[0] === 'v';
    if (!isWhole || text === '') return element('span', { class: 'value' }, text === '' ? l10n.t('(empty)') : text);
    const button = textButton('tool value', text, () => {
      this.#options.filter(column, text);
    });
    button.title = l10n.t('Show only the rows with {0}', text);
    return button;
  }
}

function histogram(found: ColumnStatistics): HTMLElement[] {
  const most = Math.max(...found.histogram);
  if (found.histogram.length < 2 || most === 0) return [];
  const bars = found.histogram.map((count) => {
    const bar = element('span', { class: 'bin' });
    bar.style.height = `${String(count === 0 ? 0 : Math.max(2, (count / most) * 100))}%`;
    return bar;
  });
  return [element('div', { class: 'histogram', role: 'img', 'aria-label': histogramText(found) }, ...bars)];
}
