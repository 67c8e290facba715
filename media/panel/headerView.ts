import type { PanelStatus } from '../../src/protocol/panel.js';
import { countText, tickingText } from './duration.js';
import { element, setText } from './element.js';
import { icon } from './icons.js';
import { openMenu } from './openMenu.js';
import { iconButton, progressRing, setDisabled } from './toolkit.js';

export interface HeaderHandlers {
  readonly interrupt: () => void;
  readonly restart: () => void;
  readonly clear: () => void;
}

type State = PanelStatus['state'];
const looks: Record<State, { readonly mark: 'ring' | 'dot' | 'question' | 'bolt'; readonly word: string }> = {
  none: { mark: 'dot', word: 'not started' },
  starting: { mark: 'ring', word: 'starting' },
  idle: { mark: 'dot', word: 'idle' },
  busy: { mark: 'ring', word: 'busy' },
  asking: { mark: 'question', word: 'waiting for input' },
  interrupting: { mark: 'ring', word: 'interrupting' },
  restarting: { mark: 'ring', word: 'restarting' },
  dead: { mark: 'bolt', word: 'died' },
};
const interruptible: readonly State[] = ['busy', 'asking', 'interrupting'];

/** The session's name, interpreter and state, and what can be done with it. */
export class HeaderView {
  readonly node: HTMLElement;
  readonly #title = element('h1', { class: 'name' });
  readonly #interpreter = element('span', { class: 'interp' });
  readonly #mark = element('span', { class: 'mark' });
  readonly #word = element('b', { role: 'status' });
  readonly #elapsed = element('span', { class: 'took' });
  readonly #queued = element('span', { class: 'opt' });
  readonly #state: HTMLElement;
  readonly #interrupt: HTMLElement;
  readonly #restart: HTMLElement;
  #drawnMark: string | undefined;
  #status: PanelStatus | undefined;

  constructor(handlers: HeaderHandlers) {
    this.#state = element('span', { class: 'state' }, this.#mark, this.#word, this.#elapsed, this.#queued);
    this.#interrupt = iconButton('debugStop', 'Interrupt', handlers.interrupt);
    this.#restart = iconButton('debugRestart', 'Restart session', handlers.restart);
    const clear = iconButton('clearAll', 'Clear', handlers.clear);
    clear.classList.add('opt');
    const more = iconButton('ellipsis', 'More actions', () => {
      openMenu(more);
    });
    const tools = element('div', { class: 'tools', role: 'toolbar', 'aria-label': 'Session' });
    tools.append(this.#interrupt, this.#restart, clear, more);
    const context = JSON.stringify({ webviewSection: 'session', preventDefaultContextMenuItems: true });
    this.node = element('header', { class: 'bar', 'data-vscode-context': context });
    this.node.append(this.#title, this.#interpreter, element('span', { class: 'grow' }), this.#state, tools);
  }

  /** `elapsedMs` is how long the running command has been running. */
  draw(status: PanelStatus, elapsedMs: number | undefined): void {
    this.#status = status;
    const { mark, word } = looks[status.state];
    setText(this.#title, status.title);
    setText(this.#interpreter, status.interpreterLabel ?? '');
    this.#interpreter.title = status.interpreterPath ?? '';
    if (mark !== this.#drawnMark) this.#drawMark(mark);
    setText(this.#word, status.state === 'dead' && status.death !== undefined ? `${word}, ${status.death}` : word);
    this.#state.classList.toggle('bad', status.state === 'dead');
    setText(this.#queued, status.queued > 0 ? `${countText(status.queued)} queued` : '');
    setDisabled(this.#interrupt, !interruptible.includes(status.state));
    setDisabled(this.#restart, status.state === 'none' || status.state === 'restarting');
    this.tick(elapsedMs);
  }

  tick(elapsedMs: number | undefined): void {
    const shown = this.#status && interruptible.includes(this.#status.state) ? elapsedMs : undefined;
    setText(this.#elapsed, shown === undefined ? '' : tickingText(shown));
  }

  #drawMark(mark: string): void {
    this.#drawnMark = mark;
    const drawn =
      mark === 'ring'
        ? progressRing()
        : mark === 'dot'
          ? element('span', { class: 'dot' })
          : icon(mark === 'question' ? 'question' : 'symbolEvent');
    this.#mark.replaceChildren(drawn);
  }
}
