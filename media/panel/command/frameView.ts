import * as l10n from '@vscode/l10n';
import type { PanelFrame } from '../../../src/protocol/panelEntries.js';
import { element, leadsToEditor, textButton } from '../element.js';
import { highlightedLines, tokenNode, type Token } from '../highlight.js';
import { elementSentence } from './elementSentence.js';

/** The place of a frame in a sentence, and its line with the failing part marked. */
export function frameView(frame: PanelFrame, languageId: string, onOpen: () => void): HTMLElement[] {
  const words = elementSentence(frameLink(frame, onOpen), (place) => l10n.t('{0} in {1}', place, frame.function));
  const where = element('div', { class: 'where' }, ...words);
  return frame.source === undefined ? [where] : [where, excerpt(frame, frame.source, languageId)];
}

/** The name of a frame's place, as a link if it can be opened. */
export function frameLink(frame: PanelFrame, onOpen: () => void): HTMLElement {
  if (frame.command !== undefined) {
    const place = l10n.t('command {0}, line {1}', frame.command, frame.line);
    return textButton('tb at command', place, onOpen);
  }
  const title = `${frame.file}:${String(frame.line)}`;
  if (!frame.openable) return element('span', { class: 'at', title }, frame.label);
  const link = leadsToEditor(textButton('tb at', frame.label, onOpen));
  link.title = title;
  return link;
}

function excerpt(frame: PanelFrame, source: string, languageId: string): HTMLElement {
  const tokens = highlightedLines(source, languageId)[0] ?? [];
  const { mark } = frame;
  const code = element('span', {}, ...(mark ? marked(tokens, mark) : tokens.map(tokenNode)));
  const number = element('span', { class: 'no' }, String(frame.line));
  const list = element('ol', { class: 'excerpt' }, element('li', { class: 'hit' }, number, code));
  if (mark) {
    // Draws the text before the carets too, invisibly, so that they are exactly below the failing part, whatever the
    // widths of the letters.
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
