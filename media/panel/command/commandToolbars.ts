import * as l10n from '@vscode/l10n';
import { element, leadsToEditor } from '../element.js';
import { icon } from '../icons.js';
import { openMenu } from '../openMenu.js';
import { iconButton, relabel } from '../toolkit.js';
import type { ActOn, PageAction } from './commandActions.js';
import { hasCode } from './commandKind.js';
import type { CommandView } from './commandView.js';

/**
 * The toolbar of the command under the pointer, and of the one with the focus. Only two toolbars move between commands:
 * one for each of two thousand commands would take seconds to build.
 */
export class CommandToolbars {
  readonly #pointed: CommandToolbar;
  readonly #focused: CommandToolbar;

  constructor(actOn: ActOn) {
    this.#pointed = new CommandToolbar(actOn);
    this.#focused = new CommandToolbar(actOn);
  }

  point(command: CommandView | undefined): void {
    this.#pointed.moveTo(command === this.#focused.command ? undefined : command);
  }

  focus(command: CommandView | undefined): void {
    if (command === this.#pointed.command) this.#pointed.moveTo(undefined);
    this.#focused.moveTo(command);
  }

  /** A command was collapsed or expanded, or has ended. */
  refresh(): void {
    this.#pointed.refresh();
    this.#focused.refresh();
  }
}

class CommandToolbar {
  readonly #node = element('div', { class: 'acts', role: 'toolbar', 'aria-label': l10n.t('Command') });
  readonly #go: HTMLElement;
  readonly #ofSource: readonly HTMLElement[];
  readonly #debug: HTMLElement;
  readonly #fold: HTMLElement;
  #command: CommandView | undefined;

  constructor(actOn: ActOn) {
    const act = (action: PageAction) => () => {
      if (this.#command) actOn(this.#command, action);
    };
    this.#go = leadsToEditor(iconButton('goToFile', l10n.t('Go to source (G)'), act('goToSource')));
    this.#debug = leadsToEditor(iconButton('bug', l10n.t('Debug this error (D)'), act('debugError')));
    this.#fold = iconButton('chevronUp', l10n.t('Collapse (←)'), act('toggleFold'));
    const more = iconButton('ellipsis', l10n.t('More actions'), () => {
      openMenu(more);
    });
    const run = iconButton('play', l10n.t('Run again (R)'), act('runAgain'));
    for (const button of [run, more, this.#debug]) button.classList.add('acting');
    this.#ofSource = [iconButton('copy', l10n.t('Copy source (C)'), act('copySource')), run];
    this.#node.append(...this.#ofSource, this.#debug, this.#go, this.#fold, more);
  }

  get command(): CommandView | undefined {
    return this.#command;
  }

  moveTo(command: CommandView | undefined): void {
    if (command === this.#command) return;
    this.#command = command;
    if (!command) {
      this.#node.remove();
      return;
    }
    this.#go.hidden = command.entry.origin === undefined;
    for (const button of this.#ofSource) button.hidden = !hasCode(command.entry);
    this.refresh();
    command.meta.prepend(this.#node);
  }

  refresh(): void {
    this.#debug.hidden = this.#command?.canDebugError !== true;
    const folded = this.#command?.extent === 'line';
    relabel(this.#fold, folded ? l10n.t('Expand (→)') : l10n.t('Collapse (←)'));
    this.#fold.replaceChildren(icon(folded ? 'chevronDown' : 'chevronUp'));
  }
}
