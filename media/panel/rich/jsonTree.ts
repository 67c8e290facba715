import * as l10n from '@vscode/l10n';
import { countText } from '../duration.js';
import { element, textButton } from '../element.js';
import { icon } from '../icons.js';

/** The number of children that are drawn at once; the rest are drawn on demand. */
const BATCH = 100;
/** The number of levels that are initially open, if they are small. */
const OPEN_LEVELS = 2;
const SMALL_CHILDREN = 20;
const LONGEST_STRING = 2000;

/** A structure as a collapsible tree of names and values. Branches are drawn when they are first opened. */
export function jsonTree(value: unknown): HTMLElement {
  return element('ul', { class: 'tree' }, branch(undefined, value, 0));
}

function branch(name: string | undefined, value: unknown, level: number): HTMLElement {
  const label = element('span', { class: 'kv' });
  if (name !== undefined) label.append(element('span', { class: 'key' }, name), ': ');
  const item = element('li', {}, label);
  if (typeof value !== 'object' || value === null) {
    label.append(leaf(value));
    return item;
  }
  const children: readonly (readonly [string, unknown])[] = Object.entries(value);
  label.append(element('span', { class: 'sum' }, summary(value, children.length)));
  if (children.length === 0) return item;
  const list = element('ul', { hidden: true });
  item.append(list);
  item.prepend(twistie({ name: name ?? l10n.t('value'), list, open: opens(level, children.length), children, level }));
  return item;
}

interface Branch {
  readonly name: string;
  readonly list: HTMLElement;
  readonly open: boolean;
  readonly children: readonly (readonly [string, unknown])[];
  readonly level: number;
}

function twistie({ name, list, open, children, level }: Branch): HTMLElement {
  const button = element('button', { class: 'tw', type: 'button', 'aria-label': name });
  const draw = (): void => {
    if (!list.hidden && list.childElementCount === 0) addChildren(list, children, level);
    button.setAttribute('aria-expanded', String(!list.hidden));
    button.replaceChildren(icon(list.hidden ? 'chevronRight' : 'chevronDown'));
  };
  button.addEventListener('click', () => {
    list.hidden = !list.hidden;
    draw();
  });
  list.hidden = !open;
  draw();
  return button;
}

function addChildren(list: HTMLElement, children: Branch['children'], level: number): void {
  list.append(...children.slice(0, BATCH).map(([key, child]) => branch(key, child, level + 1)));
  const rest = children.slice(BATCH);
  if (rest.length === 0) return;
  const more = element('li', { class: 'rest' });
  more.append(
    textButton('tb', l10n.t('{0} more', countText(rest.length)), () => {
      more.remove();
      addChildren(list, rest, level);
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

function leaf(value: unknown): HTMLElement {
  if (typeof value === 'string') {
    const text = value.length > LONGEST_STRING ? `${value.slice(0, LONGEST_STRING)}…` : value;
    return element('span', { class: 's' }, JSON.stringify(text));
  }
  return element('span', { class: typeof value === 'number' ? 'n' : 'd' }, String(value));
}
