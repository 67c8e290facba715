import * as l10n from '@vscode/l10n';
import { element } from '../element.js';
import { type ToolIcon, toolIcon } from './toolIcons.js';

/** A button of a toolbar, with its label in its tooltip. */
export function toolButton(name: ToolIcon, label: string, act: () => void): HTMLButtonElement {
  const button = element(
    'button',
    { class: 'tool', type: 'button', title: label, 'aria-label': label },
    toolIcon(name),
  );
  button.addEventListener('click', act);
  return button;
}

/** Buttons in a row. Those that it has no room for are in a menu at its end. */
export class ToolBar {
  readonly node: HTMLElement;
  readonly #tools: readonly HTMLButtonElement[];
  readonly #more = toolButton('ellipsis', l10n.t('More Actions'), () => this.#toggle());
  readonly #menu = element('div', { class: 'menu', role: 'menu', 'aria-label': l10n.t('More Actions'), hidden: true });

  constructor(tools: readonly HTMLButtonElement[]) {
    this.#tools = tools;
    this.#more.setAttribute('aria-haspopup', 'menu');
    this.#more.setAttribute('aria-expanded', 'false');
    const bar = { class: 'actions', role: 'toolbar', 'aria-label': l10n.t('Table') };
    this.node = element('div', bar, ...tools, this.#more, this.#menu);
    this.#menu.addEventListener('keydown', (event) => {
      this.#key(event);
    });
    this.node.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && this.node.contains(relatedTarget))) this.#close();
    });
    new ResizeObserver(() => {
      this.fit();
    }).observe(this.node);
  }

  /** Shows as many tools as there is room for. */
  fit(): void {
    const shown = this.#tools.filter(({ hidden }) => !hidden);
    for (const tool of [...shown, this.#more]) tool.classList.remove('is-over');
    const size = this.#more.offsetWidth;
    const room = Math.floor(this.node.clientWidth / size);
    const isRoomy = room >= shown.length;
    this.#more.classList.toggle('is-over', isRoomy);
    if (isRoomy) this.#close();
    else for (const tool of shown.slice(Math.max(0, room - 1))) tool.classList.add('is-over');
  }

  #toggle(): void {
    if (!this.#menu.hidden) {
      this.#close();
      return;
    }
    const over = this.#tools.filter((tool) => !tool.hidden && tool.classList.contains('is-over'));
    this.#menu.replaceChildren(...over.map((tool) => this.#item(tool)));
    this.#menu.hidden = false;
    this.#more.setAttribute('aria-expanded', 'true');
    this.#items[0]?.focus();
  }

  #item(tool: HTMLButtonElement): HTMLElement {
    const pressed = tool.getAttribute('aria-pressed') ?? tool.getAttribute('aria-expanded') ?? undefined;
    const role = pressed === undefined ? 'menuitem' : 'menuitemcheckbox';
    const item = element(
      'button',
      { class: 'tool', type: 'button', role, tabindex: -1, 'aria-checked': pressed },
      tool.title,
    );
    const drawing = tool.firstElementChild?.cloneNode(true);
    if (drawing) item.prepend(drawing);
    item.addEventListener('click', () => {
      this.#close();
      this.#more.focus();
      tool.click();
    });
    return item;
  }

  get #items(): HTMLElement[] {
    return [...this.#menu.querySelectorAll('button')];
  }

  #key(event: KeyboardEvent): void {
    const items = this.#items;
    const at = items.findIndex((item) => item === document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (next !== undefined) items.at(next % items.length)?.focus();
    else if (event.key === 'Escape') {
      this.#close();
      this.#more.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #close(): void {
    this.#menu.hidden = true;
    this.#more.setAttribute('aria-expanded', 'false');
  }
}
