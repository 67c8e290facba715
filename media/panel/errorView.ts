import * as l10n from '@vscode/l10n';
import type { ErrorPart, PanelFrame } from '../../src/protocol/panelEntries.js';
import { element, textButton } from './element.js';
import { searchableNodes, type Searchable } from './find/searchable.js';
import { highlightedLines, tokenNode, type Token } from './highlight.js';
import { icon } from './icons.js';
import { placeSentence } from './placeSentence.js';

export interface ErrorViewOptions {
  readonly expanded: boolean;
  readonly onExpand: (expanded: boolean) => void;
  readonly onOpenFrame: (frame: number) => void;
}

/** An exception: its name and message, the person's own line that failed, and the other frames folded away. */
export function errorView(error: ErrorPart, options: ErrorViewOptions): HTMLElement {
  const { frames } = error;
  const first = frames.findLastIndex((frame) => frame.library === undefined);
  const shown = first >= 0 ? first : frames.length - 1;
  const frame = frames[shown];
  const view = element('div', { class: 'body' });
  if (error.name === 'KeyboardInterrupt' && frame) {
    // The person stopped it and knows: where it stood is the news.
    view.append(
      element(
        'div',
        { class: 'where' },
        ...placeSentence(frameLink(frame, shown, options), (place) => l10n.t('at {0} in {1}', place, frame.function)),
      ),
    );
    return view;
  }
  const head = element('div', { class: 'err' }, element('span', { class: 'name' }, error.name));
  if (error.message !== '') head.append(' ', element('span', { class: 'msg' }, error.message));
  view.append(head);
  if (frame) {
    view.append(
      element(
        'div',
        { class: 'where' },
        ...placeSentence(frameLink(frame, shown, options), (place) => l10n.t('{0} in {1}', place, frame.function)),
      ),
    );
    if (frame.source !== undefined) view.append(excerpt(frame, frame.source));
  }
  const others = frames.flatMap((other, index) => (index === shown ? [] : [{ frame: other, index }]));
  if (others.length > 0 || error.traceback !== undefined) view.append(...folded(error, others, options));
  return view;
}

/** What an error says, also in the frames folded away. */
export function* errorSearchables(body: HTMLElement, id: string): Generator<Searchable> {
  const reveal = (block: Element): void => {
    const list = block.closest('.folded');
    const disclosure = list?.previousElementSibling;
    if (list instanceof HTMLElement && list.hidden && disclosure instanceof HTMLElement) disclosure.click();
  };
  for (const found of searchableNodes(body, { id, place: body, reveal }))
    if (!found.node()?.closest('.carets, .no, .disc, .note')) yield found;
}

interface PlacedFrame {
  readonly frame: PanelFrame;
  readonly index: number;
}

function folded(error: ErrorPart, others: readonly PlacedFrame[], options: ErrorViewOptions): HTMLElement[] {
  const list = element('div', { class: 'folded' });
  list.append(element('ol', { class: 'frames' }, ...others.map((other) => frameRow(other, options))));
  if (error.traceback !== undefined) list.append(element('div', { class: 'text trace' }, error.traceback));
  const arrow = element('span', { class: 'arrow' });
  const disclosure = element('button', { class: 'disc', type: 'button' }, arrow, foldLabel(error, others));
  const draw = (open: boolean): void => {
    list.hidden = !open;
    disclosure.setAttribute('aria-expanded', String(open));
    arrow.replaceChildren(icon(open ? 'chevronDown' : 'chevronRight'));
  };
  disclosure.addEventListener('click', () => {
    const open = disclosure.getAttribute('aria-expanded') === 'false';
    draw(open);
    options.onExpand(open);
  });
  draw(options.expanded);
  return [disclosure, list];
}

/** '5 more frames, 4 in pandas'. */
function foldLabel(error: ErrorPart, others: readonly PlacedFrame[]): string {
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

function frameRow({ frame, index }: PlacedFrame, options: ErrorViewOptions): HTMLElement {
  return element(
    'li',
    { class: frame.library === undefined ? undefined : 'lib' },
    frameLink(frame, index, options),
    element('span', {}, l10n.t('in {0}', frame.function)),
    element('code', {}, frame.source ?? ''),
  );
}

function frameLink(frame: PanelFrame, index: number, options: ErrorViewOptions): HTMLElement {
  const title = `${frame.file}:${String(frame.line)}`;
  if (!frame.openable) return element('span', { class: 'at', title }, frame.label);
  const link = textButton('tb at', frame.label, () => {
    options.onOpenFrame(index);
  });
  link.title = title;
  return link;
}

function excerpt(frame: PanelFrame, source: string): HTMLElement {
  const tokens = highlightedLines(source, 'python')[0] ?? [];
  const { mark } = frame;
  const code = element('span', {}, ...(mark ? marked(tokens, mark) : tokens.map(tokenNode)));
  const number = element('span', { class: 'no' }, String(frame.line));
  const list = element('ol', { class: 'excerpt' }, element('li', { class: 'hit' }, number, code));
  if (mark) {
    // The text before the carets is drawn too, unseen, so that they stand right below whatever its letters' widths.
    const before = element('span', { class: 'ghost' }, source.slice(0, mark.from));
    const carets = element('span', {}, before, '^'.repeat(mark.to - mark.from));
    list.append(element('li', { class: 'hit carets', 'aria-hidden': 'true' }, element('span'), carets));
  }
  return list;
}

function marked(tokens: readonly Token[], { from, to }: { readonly from: number; readonly to: number }): Node[] {
  const before: Node[] = [];
  const inside: Node[] = [];
  const after: Node[] = [];
  let at = 0;
  for (const token of tokens) {
    const cuts = [0, from - at, to - at].map((cut) => Math.min(Math.max(0, cut), token.text.length));
    const [start = 0, first = 0, last = 0] = cuts;
    for (const [target, text] of [
      [before, token.text.slice(start, first)],
      [inside, token.text.slice(first, last)],
      [after, token.text.slice(last)],
    ] as const) {
      if (text !== '') target.push(tokenNode({ ...token, text }));
    }
    at += token.text.length;
  }
  return [...before, element('mark', {}, ...inside), ...after];
}
