import * as l10n from '@vscode/l10n';
import type { ErrorPart, PanelFrame } from '../../../src/protocol/panelEntries.js';
import { disclosure } from './disclosure.js';
import { element } from '../element.js';
import { searchableNodes, type Searchable } from '../find/searchable.js';
import { frameLink, frameView } from './frameView.js';
import { elementSentence } from './elementSentence.js';
import { relatedView } from './relatedView.js';
import { turnsOften } from './turnsOften.js';

export interface ErrorViewOptions {
  readonly languageId: string;
  /** Whether the frames are expanded, or those of a related exception, by its index. */
  readonly isExpanded: (related?: number) => boolean;
  readonly onExpand: (expanded: boolean, related?: number) => void;
  readonly onOpenFrame: (frame: number) => void;
}

/**
 * An exception: its name and message, the failing line of the user's own code, and, collapsed, the other frames and the
 * related exceptions.
 */
export function errorView(error: ErrorPart, options: ErrorViewOptions): HTMLElement {
  const { frames, related = [], relatedOmitted = 0, notes } = error;
  const first = frames.findLastIndex((frame) => frame.library === undefined);
  const shown = first >= 0 ? first : frames.length - 1;
  const frame = frames[shown];
  const view = element('div', { class: textsOf(error).some(turnsOften) ? 'body is-as-written' : 'body' });
  const open = (index: number) => () => {
    options.onOpenFrame(index);
  };
  if (error.name === 'KeyboardInterrupt' && frame) {
    // The user interrupted it, so only where it was is new.
    const link = frameLink(frame, open(shown));
    const words = elementSentence(link, (place) => l10n.t('at {0} in {1}', place, frame.function));
    view.append(element('div', { class: 'where' }, ...words));
    return view;
  }
  const head = element('div', { class: 'err' }, element('span', { class: 'name' }, error.name));
  if (error.message !== '') head.append(' ', element('span', { class: 'msg' }, error.message));
  view.append(head);
  if (notes !== undefined) view.append(element('div', { class: 'added' }, notes));
  if (frame) view.append(...frameView(frame, options.languageId, open(shown)));
  if (related.length > 0) {
    const onOpen = (index: number): void => {
      options.onOpenFrame(frames.length + index);
    };
    view.append(relatedView(related, relatedOmitted, { ...options, onOpen }));
  }
  const others = frames.flatMap((other, index) => (index === shown ? [] : [{ frame: other, open: open(index) }]));
  if (others.length > 0 || error.traceback !== undefined) view.append(...folded(error, others, options));
  return view;
}

function textsOf({ name, message, notes = '', traceback = '', frames, related }: ErrorPart): string[] {
  const ofFrames = frames.flatMap((frame) => [frame.file, frame.function, frame.source ?? '']);
  return [name, message, notes, traceback, ...ofFrames, JSON.stringify(related ?? [])];
}

/** The text of an error, including collapsed parts. */
export function* errorSearchables(body: HTMLElement, id: string): Generator<Searchable> {
  const reveal = (block: Element): void => {
    const button = block.closest('.folded')?.previousElementSibling ?? block.closest('.disc');
    if (button?.getAttribute('aria-expanded') === 'false' && button instanceof HTMLElement) button.click();
  };
  for (const found of searchableNodes(body, { id, place: body, reveal }))
    if (!found.node()?.matches('.disc, .carets *, .no, .how, .note')) yield found;
}

interface OtherFrame {
  readonly frame: PanelFrame;
  readonly open: () => void;
}

function folded(error: ErrorPart, others: readonly OtherFrame[], options: ErrorViewOptions): HTMLElement[] {
  const content = element('div', { class: 'folded' });
  content.append(element('ol', { class: 'frames' }, ...others.map(frameRow)));
  if (error.traceback !== undefined) content.append(element('div', { class: 'text trace' }, error.traceback));
  const label = [foldLabel(error, others)];
  return [disclosure({ label, content, expanded: options.isExpanded(), onExpand: options.onExpand }), content];
}

/** For example '5 more frames, 4 in pandas'. */
function foldLabel(error: ErrorPart, others: readonly OtherFrame[]): string {
  const count = others.length + error.framesOmitted;
  if (count === 0) return l10n.t('full traceback');
  const libraries = others.flatMap(({ frame }) => (frame.library === undefined ? [] : [frame.library]));
  const names = new Set(libraries);
  if (libraries.length === 0) return count === 1 ? l10n.t('1 more frame') : l10n.t('{0} more frames', count);
  const [only = ''] = names;
  const where = names.size === 1 ? only : l10n.t('{0} libraries', names.size);
  if (count === 1) return l10n.t('1 more frame, in {0}', where);
  if (libraries.length === count) return l10n.t('{0} more frames, all in {1}', count, where);
  return l10n.t('{0} more frames, {1} in {2}', count, libraries.length, where);
}

function frameRow({ frame, open }: OtherFrame): HTMLElement {
  return element(
    'li',
    { class: frame.library === undefined ? undefined : 'lib' },
    frameLink(frame, open),
    element('span', {}, l10n.t('in {0}', frame.function)),
    element('code', {}, frame.source ?? ''),
  );
}
