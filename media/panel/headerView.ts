import * as l10n from '@vscode/l10n';
import type { PanelStatus } from '../../src/protocol/panel.js';
import { countText, tickingText } from './amounts.js';
import { element, setText } from './element.js';
import { icon } from './icons.js';
import { openMenu } from './openMenu.js';
import { SessionSwitcher } from './sessionSwitcher.js';
import { iconButton, progressRing, setDisabled } from './toolkit.js';
import { interpreterBeside } from '../../src/protocol/interpreterBeside.js';

export interface HeaderHandlers {
  readonly interrupt: () => void;
  readonly restart: () => void;
  readonly clear: () => void;
  readonly showSession: (session: string) => void;
}

type State = PanelStatus['state'];
type MarkName = 'ring' | 'dot' | 'question' | 'pause' | 'bolt';
const marks: Record<MarkName, () => Element> = {
  ring: progressRing,
  dot: () => element('span', { class: 'dot' }),
  question: () => icon('question'),
  pause: () => icon('debugPause'),
  bolt: () => icon('symbolEvent'),
};
const looks: Record<State, { readonly mark: MarkName; readonly word: () => string }> = {
  none: { mark: 'dot', word: () => l10n.t('not started') },
  starting: { mark: 'ring', word: () => l10n.t('starting') },
  connecting: { mark: 'ring', word: () => l10n.t('connecting') },
  reconnecting: { mark: 'ring', word: () => l10n.t('reconnecting') },
  idle: { mark: 'dot', word: () => l10n.t('idle') },
  busy: { mark: 'ring', word: () => l10n.t('busy') },
  asking: { mark: 'question', word: () => l10n.t('waiting for input') },
  paused: { mark: 'pause', word: () => l10n.t('paused') },
  interrupting: { mark: 'ring', word: () => l10n.t('interrupting') },
  restarting: { mark: 'ring', word: () => l10n.t('restarting') },
  dead: { mark: 'bolt', word: () => l10n.t('died') },
};
const interruptible: readonly State[] = ['busy', 'asking', 'paused', 'interrupting'];

/** The session's name, interpreter and state, and the actions on it. */
export class HeaderView {
  readonly node: HTMLElement;
  readonly #switcher: SessionSwitcher;
  readonly #interpreter = element('span', { class: 'interp' });
  readonly #mark = element('span', { class: 'mark' });
  readonly #word = element('b', { role: 'status' });
  readonly #elapsed = element('span', { class: 'took' });
  readonly #queued = element('span', { class: 'opt' });
  readonly #state: HTMLElement;
  readonly #interrupt: HTMLElement;
  readonly #restart: HTMLElement;
  #drawnMark: MarkName | undefined;
  #status: PanelStatus | undefined;

  constructor(handlers: HeaderHandlers) {
    this.#switcher = new SessionSwitcher(handlers.showSession);
    this.#state = element('span', { class: 'state' }, this.#mark, this.#word, this.#elapsed, this.#queued);
    this.#interrupt = iconButton('debugStop', l10n.t('Interrupt'), handlers.interrupt);
    this.#restart = iconButton('debugRestart', l10n.t('Restart session'), handlers.restart);
    const clear = iconButton('clearAll', l10n.t('Clear'), handlers.clear);
    clear.classList.add('opt');
    const more = iconButton('ellipsis', l10n.t('More actions'), () => {
      openMenu(more);
    });
    const tools = element('div', { class: 'tools', role: 'toolbar', 'aria-label': l10n.t('Session') });
    tools.append(this.#interrupt, this.#restart, clear, more);
    const context = JSON.stringify({ webviewSection: 'session', preventDefaultContextMenuItems: true });
    this.node = element('header', { class: 'bar', 'data-vscode-context': context });
    this.node.append(this.#switcher.node, this.#interpreter, element('span', { class: 'grow' }), this.#state, tools);
  }

  /** `elapsedMs` is how long the running command has been running. */
  draw(status: PanelStatus, elapsedMs: number | undefined): void {
    this.#status = status;
    const { mark, word } = looks[status.state];
    this.#switcher.draw(status, (state) => looks[state].word());
    setText(this.#interpreter, interpreterBeside(status.title, status.interpreterLabel) ?? '');
    this.#interpreter.title = status.interpreterPath ?? '';
    if (mark !== this.#drawnMark) this.#drawMark(mark);
    setText(
      this.#word,
      status.state === 'dead' && status.death !== undefined ? l10n.t('died ({0})', status.death) : word(),
    );
    this.#state.classList.toggle('bad', status.state === 'dead');
    setText(this.#queued, status.queued > 0 ? l10n.t('{0} queued', countText(status.queued)) : '');
    setDisabled(this.#interrupt, !interruptible.includes(status.state));
    setDisabled(this.#restart, status.state === 'none' || status.state === 'restarting');
    this.tick(elapsedMs);
  }

  tick(elapsedMs: number | undefined): void {
    const shown = this.#status && interruptible.includes(this.#status.state) ? elapsedMs : undefined;
    setText(this.#elapsed, shown === undefined ? '' : tickingText(shown));
  }

  #drawMark(mark: MarkName): void {
    this.#drawnMark = mark;
    this.#mark.replaceChildren(marks[mark]());
  }
}
