import * as l10n from '@vscode/l10n';
import type { CommandAction } from '../../../src/protocol/commandAction.js';
import type { TextChange } from '../../../src/protocol/panel.js';
import { hasCutLine, type Line, type Part, type TextPart } from '../../../src/protocol/panelEntries.js';
import { textLinks } from '../../../src/protocol/textLinks.js';
import type { DrawnType, FormAction } from '../../../src/protocol/panelForms.js';
import { currentSettings } from '../currentSettings.js';
import { durationText } from '../amounts.js';
import { element, setText } from '../element.js';
import { errorSearchables, errorView } from './errorView.js';
import { searchableLines, searchableNodes, type Searchable } from '../find/searchable.js';
import { highlightedValue, tokenNode } from '../highlight.js';
import type { Shown } from '../rich/formName.js';
import { RichView } from '../rich/richView.js';
import { turnsOften } from './turnsOften.js';
import { TextView } from './textView.js';

export interface PartViewOptions {
  /** The language of the command's source. */
  readonly languageId: string;
  readonly isExpanded: (part: number, related?: number) => boolean;
  readonly onExpand: (part: number, expanded: boolean, related?: number) => void;
  readonly onOpenFrame: (part: number, frame: number) => void;
  readonly onOpenPlace: (part: number, line: number, place: number) => void;
  readonly act: (action: CommandAction) => void;
  readonly chosenForm: (part: number) => string | undefined;
  readonly onChooseForm: (part: number, mime: Shown) => void;
  readonly onForm: (part: number, mime: DrawnType, action: FormAction) => void;
}

const LONGEST_HIGHLIGHTED = 2000;
const LONGEST_LABEL = 200;

/** A part of a command's output, with its kind in the margin. */
export class PartView {
  readonly node: HTMLElement;
  readonly id: number;
  readonly #text: TextView | undefined;
  readonly #rich: RichView | undefined;
  readonly #note: HTMLElement | undefined;
  readonly #body: HTMLElement;

  constructor(
    readonly part: Part,
    options: PartViewOptions,
  ) {
    this.id = part.id;
    const late = part.lateMs !== undefined;
    const tag = late ? l10n.t('late') : part.type === 'error' ? '' : tagOf(part.type);
    this.node = element(
      'div',
      { class: `row out ${part.type}${late ? ' late' : ''}` },
      element('div', { class: 'tag' }, tag),
    );
    const body = part.type === 'error' ? this.#error(part, options) : element('div', { class: 'body' });
    this.#body = body;
    if (late) {
      this.#note = element('div', { class: 'note' });
      body.prepend(this.#note);
      this.note(false);
    }
    this.node.append(body);
    if (part.type === 'error') return;
    if (part.forms) {
      this.#rich = richView(part, part.forms, options);
      body.append(this.#rich.node);
      return;
    }
    const value = part.type === 'value' ? highlighted(part) : undefined;
    if (value) {
      body.append(value);
      return;
    }
    this.#text = textView(part, options);
    body.append(this.#text.node);
    this.#hideBlank();
  }

  /** The number of lines, if it is known. */
  get lineCount(): number {
    const { part } = this;
    if (part.type !== 'error') return this.#text?.total ?? Math.max(part.text.total, this.#rich ? 2 : 0);
    return 2 + part.frames.length + (part.related?.length ?? 0);
  }

  /** The number of lines that are not kept. */
  get missing(): number {
    const { part } = this;
    if (part.type === 'error') return 0;
    return this.#text?.missing ?? part.text.total - part.text.head.length - part.text.tail.length;
  }

  /** Whether a line is too long to be kept completely. */
  get isCut(): boolean {
    const { part } = this;
    return part.type !== 'error' && (this.#text?.isCut ?? hasCutLine(part.text));
  }

  /** The searchable text. A form that has not been drawn is represented by its text. */
  searchables(): Iterable<Searchable> {
    const { part } = this;
    const id = `p${String(part.id)}`;
    if (part.type === 'error') return errorSearchables(this.#body, id);
    if (this.#text) return this.#text.searchables(id);
    const place = this.node;
    if (!this.#rich) return searchableNodes(this.#body, { id, place });
    const drawn = this.#rich.drawn;
    if (drawn) return searchableNodes(drawn, { id, place });
    return searchableLines(part.text, { id, place, node: () => undefined, reveal: () => undefined });
  }

  change(change: TextChange): void {
    this.#text?.change(change);
    this.#hideBlank();
  }

  /** Before other text is written, progress bars erase themselves, which leaves nothing to see. */
  #hideBlank(): void {
    if (this.part.type === 'stderr') this.node.hidden = this.#text?.isBlank ?? false;
  }

  /** Applies changed settings. */
  restyle(): void {
    this.#text?.restyle();
    this.#rich?.restyle();
  }

  /** The data of a form that was requested. */
  receiveForm(mime: DrawnType, data: string | undefined): void {
    this.#rich?.receive(mime, data);
  }

  /** Notes how late a late part is, and whether a process can still write to it. */
  note(stillWriting: boolean): void {
    const { lateMs } = this.part;
    if (!this.#note || lateMs === undefined) return;
    const text = stillWriting
      ? l10n.t('still writing')
      : l10n.t('written {0} after the command finished', durationText(lateMs));
    setText(this.#note, text);
    this.#note.classList.toggle('is-writing', stillWriting);
  }

  #error(part: Extract<Part, { type: 'error' }>, options: PartViewOptions): HTMLElement {
    return errorView(part, {
      languageId: options.languageId,
      isExpanded: (related) => options.isExpanded(part.id, related),
      onExpand: (expanded, related) => {
        options.onExpand(part.id, expanded, related);
      },
      onOpenFrame: (frame) => {
        options.onOpenFrame(part.id, frame);
      },
    });
  }
}

/** The text in the margin. */
function tagOf(type: TextPart['type']): string {
  return { stdout: '', stderr: 'stderr', value: '=', display: '', input: l10n.t('input') }[type];
}

function textView(part: TextPart, options: PartViewOptions): TextView {
  return new TextView(part.text, options.isExpanded(part.id), {
    onExpand: () => {
      options.onExpand(part.id, true);
    },
    onOpenInFull: () => {
      options.act('openOutput');
    },
    onCopy: () => {
      options.act('copyOutput');
    },
    onOpenPlace: (line, place) => {
      options.onOpenPlace(part.id, line, place);
    },
  });
}

function richView(part: TextPart, forms: NonNullable<TextPart['forms']>, options: PartViewOptions): RichView {
  const [first] = part.text.head;
  return new RichView({
    forms,
    label: typeof first === 'string' && first !== '' ? first.slice(0, LONGEST_LABEL) : l10n.t('Output'),
    textLines: part.text.total,
    drawText: () => highlighted(part) ?? textView(part, options).node,
    chosen: options.chosenForm(part.id),
    onChoose: (mime) => {
      options.onChooseForm(part.id, mime);
    },
    onAct: (mime, action) => {
      options.onForm(part.id, mime, action);
    },
  });
}

function highlighted({ text: { head, tail } }: TextPart): HTMLElement | undefined {
  if (tail.length > 0 || head.length > currentSettings().lineLimit || !areStrings(head)) return undefined;
  const text = head.join('\n');
  if (turnsOften(text) || head.some((line) => textLinks(line).length > 0)) return undefined;
  const tokens = text.length <= LONGEST_HIGHLIGHTED ? highlightedValue(text) : undefined;
  return tokens && element('div', { class: 'text' }, ...tokens.map(tokenNode));
}

function areStrings(lines: readonly Line[]): lines is readonly string[] {
  return lines.every((line) => typeof line === 'string');
}
