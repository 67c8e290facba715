import * as l10n from '@vscode/l10n';
import type { RelatedError } from '../../../src/protocol/panelEntries.js';
import { disclosure } from './disclosure.js';
import { countText } from '../amounts.js';
import { element } from '../element.js';
import { frameView } from './frameView.js';

export interface RelatedViewOptions {
  readonly languageId: string;
  readonly isExpanded: (related: number) => boolean;
  readonly onExpand: (expanded: boolean, related: number) => void;
  readonly onOpen: (related: number) => void;
}

/** The exceptions related to an error, one line each; the rest of each is collapsed. */
export function relatedView(
  related: readonly RelatedError[],
  omitted: number,
  options: RelatedViewOptions,
): HTMLElement {
  const list = element('ol', { class: 'behind' });
  for (const [index, error] of related.entries()) list.append(relatedRow(error, index, options));
  if (omitted > 0) list.append(element('li', { class: 'how' }, l10n.t('and {0} more', countText(omitted))));
  return list;
}

function relatedRow(error: RelatedError, index: number, options: RelatedViewOptions): HTMLElement {
  const { name, message, notes, frame, depth } = error;
  const said = element('span', { class: 'said' }, element('span', { class: 'how' }, howText(error)), ' ');
  said.append(element('span', { class: 'name' }, name));
  if (message !== '') said.append(' ', element('span', { class: 'msg' }, message));
  const row = element('li', { class: `depth-${String(depth)}` });
  if (!frame && notes === undefined) {
    row.append(element('div', { class: 'plain' }, said));
    return row;
  }
  const content = element('div', { class: 'folded' });
  if (notes !== undefined) content.append(element('div', { class: 'added' }, notes));
  if (frame)
    content.append(
      ...frameView(frame, options.languageId, () => {
        options.onOpen(index);
      }),
    );
  const button = disclosure({
    label: [said],
    content,
    expanded: options.isExpanded(index),
    onExpand: (expanded) => {
      options.onExpand(expanded, index);
    },
  });
  row.append(button, content);
  return row;
}

function howText({ kind, place }: RelatedError): string {
  if (place) return l10n.t('{0} of {1}', countText(place.index), countText(place.of));
  return kind === 'context' ? l10n.t('while handling') : l10n.t('caused by');
}
