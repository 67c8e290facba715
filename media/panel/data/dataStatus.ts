import * as l10n from '@vscode/l10n';
import type { DataMessage, DataWindow } from '../../../src/protocol/data.js';
import { element, setText, textButton } from '../element.js';

/** What the table is, and what it waits for. */
export class DataStatus {
  readonly node: HTMLElement;
  readonly #facts = element('span', { class: 'facts' });
  readonly #said = element('span', { class: 'said', role: 'status' });
  readonly #cancel: HTMLButtonElement;
  #words = '';

  constructor({ cancel, tools }: { readonly cancel: () => void; readonly tools: readonly HTMLElement[] }) {
    this.#cancel = textButton('tool', l10n.t('Cancel'), cancel);
    this.#cancel.hidden = true;
    const toolbar = element('span', { class: 'actions', role: 'toolbar', 'aria-label': l10n.t('Table') }, ...tools);
    this.node = element('div', { class: 'tools' }, this.#facts, this.#said, this.#cancel, toolbar);
  }

  tell({ type, rows, columns, shape }: DataWindow): void {
    const count = (number: number): string => number.toLocaleString(document.documentElement.lang || 'en');
    if (shape.length > 0) setText(this.#facts, `${type} · ${shape.map(count).join(' × ')}`);
    else setText(this.#facts, l10n.t('{0} · {1} rows × {2} columns', type, count(rows), count(columns)));
  }

  say(words: string): void {
    this.#words = words;
    setText(this.#said, words);
  }

  wait(on: Extract<DataMessage, { type: 'waiting' }>['on']): void {
    this.#cancel.hidden = on === 'nothing';
    const words = on === 'command' ? l10n.t('Waiting for the running command…') : l10n.t('Loading…');
    setText(this.#said, on === 'nothing' ? this.#words : words);
  }
}
