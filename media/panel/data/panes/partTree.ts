import * as l10n from '@vscode/l10n';
import type { CellDetail } from '../../../../src/protocol/data.js';
import { countText } from '../../amounts.js';
import { element, textButton } from '../../element.js';
import { toolIcon } from '../toolIcons.js';

/** Asks for the parts of a part, from `start` on. Undefined if there is no answer. */
export type AskParts = (path: readonly number[], start: number) => Promise<CellDetail | undefined>;

const LONGEST_KEY = 200;

export interface PartTreeOptions {
  readonly ask: AskParts;
  /** The names that lead to each branch that is open. A tree of the same cell opens them again. */
  readonly open: Set<string>;
}

/** What a value consists of, as a tree. A branch asks for its parts when it is first opened, a page at a time. */
export function partTree(detail: CellDetail, options: PartTreeOptions): HTMLElement {
  const list = element('ul', { class: 'tree' });
  addPage(list, { ...options, detail, path: [], names: '', start: 0 });
  return list;
}

interface Page extends PartTreeOptions {
  readonly detail: CellDetail;
  readonly path: readonly number[];
  readonly names: string;
  readonly start: number;
}

function addPage(list: HTMLElement, page: Page): void {
  const { detail, path, start, ask } = page;
  list.append(...detail.items.map((item, at) => branch(item, [...path, start + at], page)));
  const next = start + detail.items.length;
  if (next >= detail.total || detail.items.length === 0) return;
  const more = element('li', { class: 'rest' });
  const words = l10n.t('{0} more', countText(detail.total - next));
  more.append(
    textButton('tool', words, () => {
      void ask(path, next).then((found) => {
        if (!found) return;
        const hadFocus = more.contains(document.activeElement);
        more.remove();
        addPage(list, { ...page, detail: found, start: next });
        if (hadFocus) list.children[next - start]?.querySelector('button')?.focus();
      });
    }),
  );
  list.append(more);
}

function branch(item: CellDetail['items'][number], path: readonly number[], page: Page): HTMLElement {
  const { name, type, summary, size, parts = 0 } = item;
  const about = size === undefined ? type : `${type} · ${size}`;
  const label = element(
    'span',
    { class: 'kv', title: about },
    element('span', { class: 'key' }, name.slice(0, LONGEST_KEY)),
    ': ',
    summary ?? element('span', { class: 'sum' }, about),
  );
  const node = element('li', {}, label);
  if (parts === 0) return node;
  const { ask, open } = page;
  const names = `${page.names}\0${name}`;
  const list = element('ul', { hidden: true });
  const button = element('button', { class: 'tw', type: 'button', 'aria-label': name });
  const draw = (): void => {
    list.hidden = !open.has(names);
    button.setAttribute('aria-expanded', String(!list.hidden));
    button.replaceChildren(toolIcon(list.hidden ? 'chevronRight' : 'chevronDown'));
    if (list.hidden || list.childElementCount > 0) return;
    void ask(path, 0).then((detail) => {
      if (detail && list.childElementCount === 0) addPage(list, { ...page, detail, path, names, start: 0 });
    });
  };
  button.addEventListener('click', () => {
    if (!open.delete(names)) open.add(names);
    draw();
  });
  draw();
  node.prepend(button);
  node.append(list);
  return node;
}
