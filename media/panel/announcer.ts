import * as l10n from '@vscode/l10n';
import { element } from './element.js';

const QUIET_MS = 600;

/** Announces the results of commands to screen readers, one sentence at a time: only the last of a burst is read. */
export class Announcer {
  readonly node = element('div', { class: 'sr', role: 'status' });
  #timer: number | undefined;
  #count = 0;
  #last = '';

  say(sentence: string): void {
    this.#count += 1;
    this.#last = sentence;
    if (this.#timer !== undefined) return;
    this.#timer = window.setTimeout(() => {
      this.#timer = undefined;
      this.node.textContent = this.#count > 1 ? l10n.t('{0} commands ended. {1}', this.#count, this.#last) : this.#last;
      this.#count = 0;
    }, QUIET_MS);
  }
}
