import * as l10n from '@vscode/l10n';
import type { FindQuery } from '../../../src/protocol/findQuery.js';
import { element, setText, textButton } from '../element.js';
import { iconButton } from '../toolkit.js';

export interface FindBarHandlers {
  readonly onQuery: () => void;
  readonly onStep: (backwards: boolean) => void;
  readonly onClose: () => void;
  /** The user wants to see what was found elsewhere. */
  readonly onElsewhere: () => void;
}

/** The text below the row; empty parts are not shown. */
export interface FindNote {
  /** The matches elsewhere. */
  readonly elsewhere: string;
  /** Which of these is shown next. */
  readonly next: string;
  /** What was not searched. */
  readonly unsearched: string;
}

type Option = Exclude<keyof FindQuery, 'text'>;
const options: readonly (readonly [Option, label: () => string, key: string])[] = [
  ['matchCase', () => l10n.t('Match case (Alt+C)'), 'c'],
  ['wholeWord', () => l10n.t('Match whole word (Alt+W)'), 'w'],
  ['regex', () => l10n.t('Use regular expression (Alt+R)'), 'r'],
];

/** The row where the user types what to find, and sees the number of matches. */
export class FindBar {
  readonly #handlers: FindBarHandlers;

  readonly node = element('search', { class: 'find', 'aria-label': l10n.t('Find in the panel'), hidden: true });
  readonly #field = element('input', {
    class: 'field',
    type: 'text',
    'aria-label': l10n.t('Find'),
    placeholder: l10n.t('Find'),
  });
  readonly #count = element('span', { class: 'count', role: 'status' });
  readonly #elsewhere: HTMLElement;
  readonly #unsearched = element('span');
  readonly #note = element('p', { class: 'note', role: 'status', hidden: true });
  readonly #options = new Map<Option, HTMLElement>();

  constructor(handlers: FindBarHandlers) {
    this.#handlers = handlers;
    this.#field.spellcheck = false;
    for (const [option, label] of options) this.#options.set(option, this.#toggle(option, label()));
    const step = (backwards: boolean) => () => {
      handlers.onStep(backwards);
    };
    const close = iconButton('close', l10n.t('Close (Escape)'), handlers.onClose);
    this.#elsewhere = textButton('tb', '', handlers.onElsewhere);
    this.#note.append(this.#elsewhere, this.#unsearched);
    const tools = element('div', { class: 'tools', role: 'toolbar', 'aria-label': l10n.t('Matches') });
    tools.append(
      iconButton('chevronUp', l10n.t('Previous match (Shift+Enter)'), step(true)),
      iconButton('chevronDown', l10n.t('Next match (Enter)'), step(false)),
      close,
    );
    const box = element('div', { class: 'box' }, this.#field, ...this.#options.values());
    this.node.append(element('div', { class: 'line' }, box, this.#count, tools), this.#note);
    this.#field.addEventListener('input', handlers.onQuery);
    this.node.addEventListener('keydown', (event) => {
      if (this.#pressed(event)) event.preventDefault();
    });
  }

  get query(): FindQuery {
    const on = (option: Option): boolean => this.#options.get(option)?.getAttribute('aria-pressed') === 'true';
    return {
      text: this.#field.value,
      matchCase: on('matchCase'),
      wholeWord: on('wholeWord'),
      regex: on('regex'),
    };
  }

  /** Takes the focus and selects the last search text, or replaces it with `text`. */
  open(text: string): void {
    this.node.hidden = false;
    if (text !== '') this.#field.value = text;
    this.#field.focus();
    this.#field.select();
  }

  /** `found` is false if there was something to find, but no match. */
  draw(count: string, found: boolean): void {
    setText(this.#count, count);
    this.node.classList.toggle('finds-nothing', !found);
    this.#field.setAttribute('aria-invalid', String(!found));
  }

  set note({ elsewhere, next, unsearched }: FindNote) {
    setText(this.#elsewhere, elsewhere);
    setText(this.#unsearched, unsearched);
    this.#elsewhere.title = next;
    this.#elsewhere.hidden = elsewhere === '';
    this.#unsearched.hidden = unsearched === '';
    this.#note.hidden = elsewhere === '' && unsearched === '';
  }

  #pressed({ key, target, altKey, shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
    if (ctrlKey || metaKey) return false;
    if (key === 'Escape') {
      this.#handlers.onClose();
      return true;
    }
    if (key === 'Enter' && target === this.#field) {
      this.#handlers.onStep(shiftKey);
      return true;
    }
    const chosen = altKey ? options.find(([, , letter]) => letter === key.toLowerCase()) : undefined;
    if (!chosen) return false;
    this.#options.get(chosen[0])?.click();
    return true;
  }

  #toggle(option: Option, label: string): HTMLElement {
    const toggle = element('button', { class: `opt-${option}`, type: 'button', 'aria-pressed': 'false' });
    toggle.setAttribute('aria-label', label);
    toggle.title = label;
    toggle.addEventListener('click', () => {
      toggle.setAttribute('aria-pressed', String(toggle.getAttribute('aria-pressed') === 'false'));
      this.#handlers.onQuery();
    });
    return toggle;
  }
}
