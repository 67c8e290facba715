import * as l10n from '@vscode/l10n';
import type { PanelStatus } from '../../../src/protocol/panel.js';
import type { HistoryEntry } from '../../../src/protocol/panelInput.js';
import { element, setText } from '../element.js';
import { HistoryWalk } from './historyWalk.js';
import { icon } from '../icons.js';
import type { InputEditor, InputEditorOptions } from './inputEditor.js';
import { languageName } from '../languageName.js';
import { TimeSlice } from '../timeSlice.js';

export interface InputViewOptions {
  readonly run: (source: string, evaluator: string) => void;
  readonly complete: (source: string, offset: number, evaluator: string) => ReturnType<InputEditorOptions['complete']>;
  readonly signature: (source: string, evaluator: string) => Promise<string | undefined>;
  readonly leave: () => void;
}

const busy: readonly PanelStatus['state'][] = [
  'busy',
  'asking',
  'paused',
  'starting',
  'connecting',
  'reconnecting',
  'restarting',
  'interrupting',
];
const HINT_ID = 'input-keys';

/**
 * The input line at the bottom, in the language of the current session. A plain field is used until the editor has been
 * loaded.
 */
export class InputView {
  readonly #options: InputViewOptions;

  readonly node: HTMLElement;
  readonly #walks = new Map<string, HistoryWalk>();
  readonly #place = element('div', { class: 'edit' });
  readonly #plain = element('textarea', { class: 'plain', rows: 1, spellcheck: 'false' });
  readonly #enter = element('span');
  #editor: InputEditor | undefined;
  #placeholder = '';
  #evaluator = '';

  constructor(options: InputViewOptions) {
    this.#options = options;
    const keys = [l10n.t('Alt+Enter for a new line'), l10n.t('↑ for history')].map((text) =>
      element('span', { class: 'opt' }, text),
    );
    const spoken = element(
      'span',
      { class: 'sr' },
      l10n.t('Press Control R to search the history, or Escape to leave.'),
    );
    const hint = element('div', { class: 'hint', id: HINT_ID }, this.#enter, ...keys, spoken);
    this.#place.append(this.#plain);
    this.node = element('footer', { class: 'entry' }, element('div', { class: 'prompt' }, icon('chevronRight')));
    this.node.append(this.#place, hint);
    this.node.addEventListener('click', ({ target }) => {
      if (target === this.node || target === hint) this.focus();
    });
  }

  /** Oldest first. */
  set history(entries: readonly HistoryEntry[]) {
    this.#walks.clear();
    for (const evaluator of new Set(entries.map((entry) => entry.evaluator))) {
      const typed = entries.filter((entry) => entry.evaluator === evaluator);
      this.#walk(evaluator).entries = typed.map(({ source }) => source);
    }
  }

  /** `waitsFor` is the number of the command that what is typed now would wait for. */
  draw({ state, evaluator }: PanelStatus, waitsFor: number | undefined): void {
    if (evaluator !== this.#evaluator) this.#speak(evaluator);
    const waits = waitsFor !== undefined && busy.includes(state);
    setText(this.#enter, waits ? l10n.t('Enter to queue after {0}', waitsFor) : l10n.t('Enter to run'));
    const language = languageName(evaluator);
    const placeholder = waits
      ? l10n.t('Type {0} code (runs after {1})', language, waitsFor)
      : l10n.t('Type {0} code', language);
    if (placeholder === this.#placeholder) return;
    this.#placeholder = placeholder;
    this.#plain.placeholder = placeholder;
    if (this.#editor) this.#editor.placeholder = placeholder;
  }

  focus(): void {
    (this.#editor ?? this.#plain).focus();
  }

  /** Replaces what is selected, and moves the focus there. */
  insert(text: string): void {
    if (this.#editor) this.#editor.insert(text);
    else this.#plain.setRangeText(text, this.#plain.selectionStart, this.#plain.selectionEnd, 'end');
    this.focus();
  }

  /** Replaces the plain field with the editor, and keeps its text. */
  async load(): Promise<void> {
    const { InputEditor } = await import('./inputEditor.js');
    await new TimeSlice().end(); // the modules took theirs
    const focused = document.activeElement === this.#plain;
    const { run, complete, signature, leave } = this.#options;
    this.#editor = new InputEditor({
      parent: this.#place,
      surroundings: this.node,
      text: this.#plain.value,
      walk: () => this.#walk(this.#evaluator),
      describedBy: HINT_ID,
      evaluator: this.#evaluator,
      complete: (source, offset) => complete(source, offset, this.#evaluator),
      signature: (source) => signature(source, this.#evaluator),
      leave,
      run: (source) => {
        this.#walk(this.#evaluator).add(source);
        run(source, this.#evaluator);
      },
    });
    this.#editor.placeholder = this.#placeholder;
    this.#plain.remove();
    if (focused) this.#editor.focus();
  }

  /** Each language has its own history. */
  #walk(evaluator: string): HistoryWalk {
    let walk = this.#walks.get(evaluator);
    if (!walk) this.#walks.set(evaluator, (walk = new HistoryWalk()));
    return walk;
  }

  #speak(evaluator: string): void {
    this.#evaluator = evaluator;
    this.#plain.setAttribute('aria-label', languageName(evaluator));
    if (this.#editor) this.#editor.evaluator = evaluator;
  }
}
