import * as l10n from '@vscode/l10n';
import type { Intent } from '../../../src/protocol/panel.js';
import { element } from '../element.js';
import { openMenu } from '../openMenu.js';
import { iconButton, relabel } from '../toolkit.js';
import { icon } from '../icons.js';
import { hasCode } from './commandKind.js';
import type { CommandView } from './commandView.js';

/** The actions on a command: in its toolbar, its keys, and its context menu. */
export interface CommandActionHandlers {
  readonly copySource: (command: CommandView) => void;
  readonly copyOutput: (command: CommandView) => void;
  readonly copyMarkdown: (command: CommandView) => void;
  readonly runAgain: (command: CommandView) => void;
  readonly goToSource: (command: CommandView) => void;
  /** Collapses the source to one line, or expands it; the output does not change. */
  readonly toggleInput: (command: CommandView) => void;
  readonly toggleOutputs: (command: CommandView) => void;
  readonly delete: (command: CommandView) => void;
}

export function commandActions(send: (intent: Intent) => void): CommandActionHandlers {
  return {
    copySource: ({ key }) => {
      send({ type: 'copy', key, what: 'source' });
    },
    copyOutput: ({ key }) => {
      send({ type: 'copy', key, what: 'output' });
    },
    copyMarkdown: ({ key }) => {
      send({ type: 'copy', key, what: 'markdown' });
    },
    runAgain: ({ key }) => {
      send({ type: 'runAgain', key });
    },
    goToSource: ({ key }) => {
      send({ type: 'openOrigin', key });
    },
    toggleInput: (command) => {
      command.toggleInput();
    },
    toggleOutputs: (command) => {
      command.outputsHidden = !command.outputsHidden;
    },
    delete: ({ key }) => {
      send({ type: 'delete', key });
    },
  };
}

/**
 * The four actions of the command under the pointer, or else of the one with the focus. A single toolbar moves between
 * commands: one for each of two thousand commands would take seconds to build.
 */
export class CommandActions {
  readonly #pointed: Toolbar;
  readonly #focused: Toolbar;

  constructor(handlers: CommandActionHandlers) {
    this.#pointed = new Toolbar(handlers);
    this.#focused = new Toolbar(handlers);
  }

  point(command: CommandView | undefined): void {
    this.#pointed.moveTo(command === this.#focused.command ? undefined : command);
  }

  focus(command: CommandView | undefined): void {
    if (command === this.#pointed.command) this.#pointed.moveTo(undefined);
    this.#focused.moveTo(command);
  }

  /** The command was collapsed or expanded. */
  refresh(): void {
    this.#pointed.refresh();
    this.#focused.refresh();
  }
}

class Toolbar {
  readonly #node = element('div', { class: 'acts', role: 'toolbar', 'aria-label': l10n.t('Command') });
  readonly #go: HTMLElement;
  readonly #ofSource: readonly HTMLElement[];
  readonly #fold: HTMLElement;
  #command: CommandView | undefined;

  constructor(handlers: CommandActionHandlers) {
    const act = (handler: (command: CommandView) => void) => () => {
      if (this.#command) handler(this.#command);
    };
    this.#go = iconButton('goToFile', l10n.t('Go to source (G)'), act(handlers.goToSource));
    this.#fold = iconButton(
      'chevronUp',
      l10n.t('Collapse (←)'),
      act((command) => {
        command.extent = command.extent === 'line' ? 'usual' : 'line';
      }),
    );
    const more = iconButton('ellipsis', l10n.t('More actions'), () => {
      openMenu(more);
    });
    this.#ofSource = [
      iconButton('copy', l10n.t('Copy source (C)'), act(handlers.copySource)),
      iconButton('play', l10n.t('Run again (R)'), act(handlers.runAgain)),
    ];
    this.#node.append(...this.#ofSource, this.#go, this.#fold, more);
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
    const folded = this.#command?.extent === 'line';
    relabel(this.#fold, folded ? l10n.t('Expand (→)') : l10n.t('Collapse (←)'));
    this.#fold.replaceChildren(icon(folded ? 'chevronDown' : 'chevronUp'));
  }
}
