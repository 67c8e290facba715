import * as l10n from '@vscode/l10n';
import type { PanelSession, PanelStatus } from '../../src/protocol/panel.js';
import { element } from './element.js';
import { interpreterBeside } from '../../src/protocol/interpreterBeside.js';

/** Names the session that is shown. If there are several, it is a list to choose another one from. */
export class SessionSwitcher {
  readonly node = element('div', { class: 'which' });
  readonly #title = element('h1', { class: 'name' });
  readonly #list = element('select', { class: 'name', 'aria-label': l10n.t('Session'), hidden: true });
  readonly #onChoose: (session: string) => void;
  #drawn = '';

  constructor(onChoose: (session: string) => void) {
    this.#onChoose = onChoose;
    this.#list.addEventListener('change', () => {
      this.#onChoose(this.#list.value);
    });
    this.node.append(this.#title, this.#list);
  }

  draw(
    { title, session, evaluator, sessions = [] }: PanelStatus,
    wordOf: (state: PanelSession['state']) => string,
  ): void {
    const shown = session ?? evaluator;
    const labels = sessions.map((each) => ({ id: each.session, label: labelOf(each, shown, wordOf(each.state)) }));
    const drawn = JSON.stringify([title, shown, labels]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#title.textContent = title;
    // The name of the session is the heading of the page, also for those who do not see it.
    this.#title.classList.toggle('unseen', labels.length > 0);
    this.#list.hidden = labels.length === 0;
    if (labels.length === 0) return;
    this.#update(labels);
    this.#list.value = shown;
  }

  /** Existing options keep their place, so that an open list does not lose the one that is pointed at. */
  #update(labels: readonly { readonly id: string; readonly label: string }[]): void {
    labels.forEach(({ id, label }, index) => {
      const option = this.#list.options[index] ?? this.#list.appendChild(element('option', {}));
      option.value = id;
      if (option.textContent !== label) option.textContent = label;
    });
    while (this.#list.options.length > labels.length) this.#list.remove(labels.length);
  }
}

/** The interpreter and the state of the one that is shown stand next to the list. */
function labelOf({ session, title, interpreterLabel }: PanelSession, shown: string, word: string): string {
  if (session === shown) return title;
  const interpreter = interpreterBeside(title, interpreterLabel);
  return [title, interpreter, word].filter((text) => text !== undefined && text !== '').join(' · ');
}
