import * as l10n from '@vscode/l10n';
import type { Question } from '../../../src/protocol/panelEntries.js';
import { element } from '../element.js';

export interface AskViewOptions {
  readonly command: { readonly key: number; readonly number: number };
  /** The text that was typed into an earlier field for the same question. */
  readonly draft: (question: Question) => string;
  readonly onDraft: (question: Question, text: string) => void;
  readonly onAnswer: (question: number, text: string | undefined) => void;
  /** The user moves on past the last command. */
  readonly onLeave: () => void;
}

/** The input field for a line that a command waits for, directly below its output. */
export class AskView {
  readonly #options: AskViewOptions;

  readonly node: HTMLElement;
  readonly #field: HTMLInputElement;
  /** The element that had the focus before. */
  #before: EventTarget | null = null;
  #offered = false;

  constructor(
    readonly question: Question,
    options: AskViewOptions,
  ) {
    this.#options = options;
    const { command, draft, onDraft, onAnswer } = options;
    const { id, prompt, password } = question;
    const hintId = `ask-${String(command.key)}-${String(id)}`;
    const hint = element('span', { class: 'hint', id: hintId }, l10n.t('Enter to send · Escape to end the input'));
    this.#field = element('input', {
      class: 'field',
      type: password ? 'password' : 'text',
      'aria-label': prompt.trim() || l10n.t('Input for command {0}', command.number),
      'aria-describedby': hintId,
      autocomplete: 'off',
      spellcheck: 'false',
    });
    this.#field.value = draft(question);
    this.#field.addEventListener('input', () => {
      onDraft(question, this.#field.value);
    });
    this.#field.addEventListener('focus', ({ relatedTarget }) => {
      this.#before = relatedTarget;
    });
    this.#field.addEventListener('keydown', (event) => {
      // The keys of the feed have no meaning here.
      if (event.key !== 'Tab') event.stopPropagation();
      if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
      event.preventDefault();
      onAnswer(id, event.key === 'Enter' ? this.#field.value : undefined);
    });
    const body = element('div', { class: 'body ask' }, this.#field, hint);
    this.node = element('div', { class: 'row out input' }, element('div', { class: 'tag' }, l10n.t('input')), body);
  }

  get hasFocus(): boolean {
    return document.activeElement === this.#field;
  }

  focus(): void {
    this.#field.focus();
  }

  /** Takes the focus once, if the panel has the focus and nothing is being typed. */
  offerFocus(): void {
    if (this.#offered) return;
    this.#offered = true;
    if (document.hasFocus() && !isTyping()) this.focus();
  }

  /**
   * Removes the field when nothing waits for it any more. If it has the focus, the focus goes back to where it came
   * from, or else to the input line: on a command, keys that are still being typed would trigger actions.
   */
  remove(): void {
    this.#options.onDraft(this.question, '');
    const { hasFocus } = this;
    this.node.remove();
    if (!hasFocus) return;
    if (this.#before instanceof HTMLElement && this.#before.isConnected) this.#before.focus({ preventScroll: true });
    else this.#options.onLeave();
  }
}

function isTyping(): boolean {
  const active = document.activeElement;
  if (active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement) return true;
  return (
    active instanceof HTMLElement && active.matches('.entry *') && active.querySelector('.cm-placeholder') === null
  );
}
