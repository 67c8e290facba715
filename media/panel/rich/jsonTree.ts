import * as l10n from '@vscode/l10n';
import { countText } from '../amounts.js';
import { element, textButton } from '../element.js';
import { icon } from '../icons.js';

/** The number of children that are drawn at once; the rest are drawn on demand. */
const BATCH = 100;
/** The number of levels that are initially open, if they are small. */
const OPEN_LEVELS = 2;
const SMALL_CHILDREN = 20;
/** In characters: of a string, and of one when those that are drawn have as many as `MOST_CHARACTERS` together. */
const LONGEST_STRING = 2000;
const LONGEST_OF_MANY = 80;
const MOST_CHARACTERS = 20_000;
/** What would turn the text around it. */
const turns = /[\u202a-\u202e\u2066-\u2069]/g;

/** A structure as a collapsible tree of names and values. Branches are drawn when they are first opened. */
export function jsonTree(value: unknown): HTMLElement {
  return element('ul', { class: 'tree' }, branch(undefined, value, 0, new Room()));
}

/** For the strings that are drawn at once. */
class Room {
  #left = MOST_CHARACTERS;

  /** A string, cut if it is too long. */
  cut(text: string): string {
    const longest = this.#left > 0 ? LONGEST_STRING : LONGEST_OF_MANY;
    const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
    this.#left -= shown.length;
    return shown;
  }
}

function withoutTurns(text: string): string {
  return text.replaceAll(turns, (turn) => String.raw`\u${turn.charCodeAt(0).toString(16)}`);
}

function branch(name: string | undefined, value: unknown, level: number, room: Room): HTMLElement {
  const label = element('span', { class: 'kv' });
  if (name !== undefined) label.append(element('span', { class: 'key' }, withoutTurns(room.cut(name))), ': ');
  const item = element('li', {}, label);
  if (typeof value !== 'object' || value === null) {
    label.append(leaf(value, room));
    return item;
  }
  const children: readonly (readonly [string, unknown])[] = Object.entries(value);
  label.append(element('span', { class: 'sum' }, summary(value, children.length)));
  if (children.length === 0) return item;
  const list = element('ul', { hidden: true });
  item.append(list);
  const open = opens(level, children.length);
  item.prepend(twistie({ name: name ?? l10n.t('value'), list, open, children, level, room }));
  return item;
}

interface Branch {
  readonly name: string;
  readonly list: HTMLElement;
  readonly open: boolean;
  readonly children: readonly (readonly [string, unknown])[];
  readonly level: number;
  readonly room: Room;
}

function twistie({ name, list, open, children, level, room }: Branch): HTMLElement {
  const button = element('button', { class: 'tw', type: 'button', 'aria-label': name });
  const draw = (left: Room): void => {
    if (!list.hidden && list.childElementCount === 0) addChildren(list, { children, level, room: left });
    button.setAttribute('aria-expanded', String(!list.hidden));
    button.replaceChildren(icon(list.hidden ? 'chevronRight' : 'chevronDown'));
  };
  button.addEventListener('click', () => {
    list.hidden = !list.hidden;
    draw(new Room());
  });
  list.hidden = !open;
  draw(room);
  return button;
}

function addChildren(list: HTMLElement, { children, level, room }: Pick<Branch, 'children' | 'level' | 'room'>): void {
  list.append(...children.slice(0, BATCH).map(([key, child]) => branch(key, child, level + 1, room)));
  const rest = children.slice(BATCH);
  if (rest.length === 0) return;
  const more = element('li', { class: 'rest' });
  more.append(
    textButton('tb', l10n.t('{0} more', countText(rest.length)), () => {
      more.remove();
      addChildren(list, { children: rest, level, room: new Room() });
    }),
  );
  list.append(more);
}

function opens(level: number, children: number): boolean {
  return level < OPEN_LEVELS && (level === 0 || children <= SMALL_CHILDREN);
}

function summary(value: object, count: number): string {
  if (Array.isArray(value)) return count === 1 ? l10n.t('list, 1 item') : l10n.t('list, {0} items', countText(count));
  return count === 1 ? l10n.t('dict, 1 key') : l10n.t('dict, {0} keys', countText(count));
}

function leaf(value: unknown, room: Room): HTMLElement {
  if (typeof value === 'string') return element('span', { class: 's' }, withoutTurns(JSON.stringify(room.cut(value))));
  return element('span', { class: typeof value === 'number' ? 'n' : 'd' }, String(value));
}
