import * as l10n from '@vscode/l10n';
import type { DividerEntry, NoticeEntry } from '../../../src/protocol/panelEntries.js';
import { element, textButton } from '../element.js';
import { icon } from '../icons.js';
import { button } from '../toolkit.js';

/** An entry that does not change after it is drawn. */
export interface StaticEntryView {
  readonly type: 'divider' | 'notice';
  readonly key: number;
  readonly node: HTMLElement;
}

function dividerWords(kind: DividerEntry['kind']): { readonly title: string; readonly detail: string } {
  switch (kind) {
    case 'started':
      return { title: l10n.t('Session started'), detail: '' };
    case 'restarted':
      return { title: l10n.t('Session restarted'), detail: l10n.t('variables are cleared, numbering starts at 1') };
    case 'continued':
      return { title: l10n.t('Window reloaded'), detail: l10n.t('the session continues') };
    case 'reloaded':
      return { title: l10n.t('Window reloaded'), detail: l10n.t('the commands above ran in an earlier session') };
  }
}

/** The entries above belong to an earlier process. */
export function dividerView({ key, kind, time }: DividerEntry): StaticEntryView {
  const { title, detail } = dividerWords(kind);
  const clock = new Date(time).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hour12: false });
  const words = element('span', {}, element('b', {}, title), ` ${clock}`);
  if (detail !== '') words.append(element('span', { class: 'opt' }, ` · ${detail}`));
  const name = `${title} ${clock}`;
  return {
    type: 'divider',
    key,
    node: element('article', { class: 'rule', tabindex: -1, 'aria-label': name }, icon('debugRestart'), words),
  };
}

/** A message: what happened and what to do, with buttons. */
export function noticeView(notice: NoticeEntry, onAction: (action: number) => void): StaticEntryView {
  const text = element('div', {}, element('h2', {}, notice.title));
  if (notice.detail !== '') text.append(element('p', {}, notice.detail));
  if (notice.actions.length > 0) text.append(actionRow(notice.actions, onAction));
  const attributes = { class: `notice is-${notice.kind}`, tabindex: -1, 'aria-label': notice.title };
  const glyph = notice.kind === 'info' ? undefined : icon(notice.kind === 'died' ? 'symbolEvent' : 'error');
  return {
    type: 'notice',
    key: notice.key,
    node: element('article', attributes, element('span', { class: 'mark' }, glyph), text),
  };
}

/**
 * The primary action is a button. Without one, the first of two actions is a secondary button. Other actions look like
 * links.
 */
export function actionRow(actions: NoticeEntry['actions'], onAction: (action: number) => void): HTMLElement {
  const row = element('div', { class: 'do' });
  let quiet = 0;
  for (const [index, action] of actions.entries()) {
    const act = (): void => {
      onAction(index);
    };
    if (action.primary) row.append(button(action.title, 'primary', act));
    else if (quiet++ === 0 && actions.length > 2) row.append(button(action.title, 'secondary', act));
    else row.append(textButton('tb', action.title, act));
  }
  return row;
}
