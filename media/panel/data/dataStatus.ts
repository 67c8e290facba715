import * as l10n from '@vscode/l10n';
import type { DataMessage, DataWindow } from '../../../src/protocol/data.js';
import { element, setText, textButton } from '../element.js';

export interface DataStatusOptions {
  readonly cancel: () => void;
  readonly refresh: () => void;
  /** Which part of the value is shown. */
  readonly slices: HTMLElement;
  readonly tools: HTMLElement;
}

/** What the table is, and what it waits for. */
export class DataStatus {
  readonly node: HTMLElement;
  readonly #facts = element('span', { class: 'facts' });
  readonly #said = element('span', { class: 'said', role: 'status' });
  readonly #cancel: HTMLButtonElement;
  readonly #refresh: HTMLButtonElement;
  #words = '';

  constructor({ cancel, refresh, slices, tools }: DataStatusOptions) {
    this.#cancel = textButton('tool', l10n.t('Cancel'), cancel);
    this.#refresh = textButton('tool', l10n.t('Refresh'), refresh);
    this.#cancel.hidden = true;
    this.#refresh.hidden = true;
    this.node = element('div', { class: 'tools' }, this.#facts, this.#said, this.#cancel, this.#refresh, slices, tools);
  }

  tell({ type, rows, total, columns, shape }: DataWindow): void {
    const count = (number: number): string => number.toLocaleString(document.documentElement.lang || 'en');
    const size = shape.map(count).join(' × ');
    if (rows < total) setText(this.#facts, l10n.t('{0} of {1} rows · {2}', count(rows), count(total), type));
    else if (size) setText(this.#facts, `${type} · ${size}`);
    else setText(this.#facts, l10n.t('{0} · {1} rows × {2} columns', type, count(rows), count(columns)));
  }

  say(words: string): void {
    this.#words = words;
    setText(this.#said, words);
  }

  /** A command has run since the rows were sorted or filtered. */
  set isStale(isStale: boolean) {
    this.#refresh.hidden = !isStale;
    if (isStale) this.say(l10n.t('The data may have changed since.'));
  }

  wait(on: Extract<DataMessage, { type: 'waiting' }>['on']): void {
    this.#cancel.hidden = on === 'nothing';
    const words = on === 'command' ? l10n.t('Waiting for the running command…') : l10n.t('Loading…');
    setText(this.#said, on === 'nothing' ? this.#words : words);
  }
}
