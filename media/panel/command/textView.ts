import * as l10n from '@vscode/l10n';
import type { TextChange } from '../../../src/protocol/panel.js';
import { hasCutLine, type TextBlock } from '../../../src/protocol/panelEntries.js';
import { countText } from '../amounts.js';
import { element, setText, textButton } from '../element.js';
import { plainLine } from '../../../src/protocol/plainLine.js';
import { searchableLines, type Searchable } from '../find/searchable.js';
import { lineView } from './lineView.js';
import { currentSettings } from '../currentSettings.js';
import { changedText, shownLines, type PlacedLine } from './visibleLines.js';

export interface TextViewOptions {
  readonly onExpand: () => void;
  readonly onOpenInFull: () => void;
  readonly onCopy: () => void;
  /** The user follows a link to a file that a line names. */
  readonly onOpenPlace: (line: number, place: number) => void;
}

/**
 * Lines of output. The middle of a long output is hidden until the user expands it. Only changed lines are drawn again.
 */
export class TextView {
  #text: TextBlock;
  #expanded: boolean;
  readonly #options: TextViewOptions;

  readonly node: HTMLElement;
  readonly #lines = element('div', { class: 'text' });
  readonly #gap = element('div', { class: 'gap' });
  readonly #count = element('span');
  /** Only there once lines are left out: most texts are short, and there are thousands of them. */
  #foot: HTMLElement | undefined;
  #drawn = new Map<number, PlacedLine & { readonly view: HTMLElement }>();

  constructor(text: TextBlock, expanded: boolean, options: TextViewOptions) {
    this.#text = text;
    this.#expanded = expanded;
    this.#options = options;
    this.node = element('div', {}, this.#lines);
    this.#draw();
  }

  get total(): number {
    return this.#text.total;
  }

  get isExpanded(): boolean {
    return this.#expanded;
  }

  /** The number of lines that are not kept. */
  get missing(): number {
    const { total, head, tail } = this.#text;
    return total - head.length - tail.length;
  }

  get isBlank(): boolean {
    const { total, head, tail } = this.#text;
    const lines = [...head, ...tail];
    return lines.length === total && lines.every((line) => plainLine(line).trim() === '');
  }

  get isCut(): boolean {
    return hasCutLine(this.#text);
  }

  /** The lines that are kept, including those that are not drawn. */
  searchables(id: string): Iterable<Searchable> {
    return searchableLines(this.#text, {
      id,
      place: this.node,
      node: (index) => this.#drawn.get(index)?.view,
      reveal: (index) => {
        if (!this.#drawn.has(index)) this.#expand();
      },
    });
  }

  /** Applies changed settings. */
  restyle(): void {
    this.#draw();
  }

  change(change: TextChange): void {
    this.#text = changedText(this.#text, change);
    this.#draw();
  }

  #draw(): void {
    const { lines, head, omitted } = shownLines(this.#text, this.#expanded ? Infinity : currentSettings().lineLimit);
    const drawn = lines.map(({ index, line }) => {
      const same = this.#drawn.get(index);
      if (same?.line === line) return same;
      const view = lineView(line, (place) => {
        this.#options.onOpenPlace(index, place);
      });
      return { index, line, view };
    });
    this.#drawn = new Map(drawn.map((line) => [line.index, line]));
    const wanted: Node[] = drawn.map(({ view }) => view);
    if (omitted > 0) wanted.splice(head, 0, this.#drawGap(omitted));
    this.#place(wanted);
    if (this.#foot) this.#foot.hidden = omitted === 0;
    if (omitted === 0) return;
    if (!this.#foot) this.node.append((this.#foot = this.#createFoot()));
    setText(this.#count, l10n.t('{0} lines', countText(this.#text.total)));
  }

  #createFoot(): HTMLElement {
    const open = textButton('tb', l10n.t('Open full output'), this.#options.onOpenInFull);
    const copy = textButton('tb', l10n.t('Copy'), this.#options.onCopy);
    return element('div', { class: 'foot' }, this.#count, element('span', { class: 'links' }, open, copy));
  }

  /** Does not move existing nodes, so that the user's selection is kept. */
  #place(wanted: readonly Node[]): void {
    const staying = new Set(wanted);
    for (const child of [...this.#lines.childNodes]) if (!staying.has(child)) child.remove();
    let at = this.#lines.firstChild;
    for (const node of wanted) {
      if (node === at) at = at.nextSibling;
      else this.#lines.insertBefore(node, at);
    }
  }

  #expand(): void {
    this.#expanded = true;
    this.#draw();
    this.#options.onExpand();
  }

  #drawGap(omitted: number): HTMLElement {
    const label = l10n.t('{0} lines not shown', countText(omitted));
    if (this.#expanded) {
      setText(this.#gap, label);
    } else if (this.#gap.firstChild instanceof HTMLButtonElement) {
      setText(this.#gap.firstChild, label);
    } else {
      this.#gap.replaceChildren(
        textButton('tb', label, () => {
          const entry = this.node.closest('article');
          this.#expand();
          entry?.focus({ preventScroll: true }); // the button is gone
        }),
      );
    }
    return this.#gap;
  }
}
