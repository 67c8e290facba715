import * as l10n from '@vscode/l10n';
import type { FormChange, TextChange } from '../../../src/protocol/panel.js';
import type { CommandEntry, CommandState, CommandStatus, Part } from '../../../src/protocol/panelEntries.js';
import { AskView, type AskViewOptions } from './askView.js';
import { CommandHead, type CommandHeadOptions } from './commandHead.js';
import { classOf, hasCode, labelOf } from './commandKind.js';
import { countText } from '../amounts.js';
import { element, textButton } from '../element.js';
import type { Searchable } from '../find/searchable.js';
import { PartList } from './partList.js';
import type { PartViewOptions } from './partView.js';
import type { SourceExtent } from './sourceView.js';

export interface CommandViewOptions
  extends Omit<PartViewOptions, 'languageId'>, Omit<AskViewOptions, 'command'>, CommandHeadOptions {
  readonly extent: SourceExtent;
  readonly outputsHidden: boolean;
  readonly onHideOutputs: (hidden: boolean) => void;
}

/** A command: its source with its state in the margin, and its output below. */
export class CommandView {
  readonly #options: CommandViewOptions;

  readonly type = 'command';
  readonly key: number;
  readonly node: HTMLElement;
  readonly #head: CommandHead;
  #hiddenOutputs: HTMLElement | undefined;
  readonly #parts: PartList;
  #ask: AskView | undefined;
  #extent: SourceExtent;
  #outputsHidden: boolean;
  #drawnKind: CommandState['kind'] | undefined;

  constructor(
    readonly entry: CommandEntry,
    options: CommandViewOptions,
  ) {
    this.#options = options;
    this.key = entry.key;
    this.#extent = options.extent;
    this.#outputsHidden = options.outputsHidden;
    this.#head = new CommandHead(entry, {
      onExtent: (extent) => {
        this.extent = extent;
      },
      act: options.act,
    });
    this.node = element('article', { class: classOf(entry), tabindex: -1 }, this.#head.node);
    if (this.#head.stuck && !entry.isText) this.node.append(this.#head.stuck);
    this.#parts = new PartList(this.node, { ...options, languageId: entry.languageId });
    for (const part of entry.parts) this.#parts.add(part);
    this.setStatus(entry.status);
    this.#drawExtent();
  }

  get status(): CommandStatus {
    return this.#head.status;
  }

  get parts(): Part[] {
    return this.#parts.parts;
  }

  /** The place of the toolbar while the pointer is over this command or it has the focus. */
  get meta(): HTMLElement {
    return this.#head.meta;
  }

  get ticking(): boolean {
    return this.#head.ticking;
  }

  /** Whether what is submitted now runs after this command. */
  get isWaiting(): boolean {
    return this.ticking || this.status.state.kind === 'queued';
  }

  /** Whether it has an error that its session may still know. */
  get canDebugError(): boolean {
    return hasCode(this.entry) && this.status.state.kind === 'failed';
  }

  /** The field that waits for a line. */
  get ask(): AskView | undefined {
    return this.#ask;
  }

  get extent(): SourceExtent {
    return this.#extent;
  }

  set extent(extent: SourceExtent) {
    if (extent === this.#extent) return;
    this.#extent = extent;
    this.#drawExtent();
    this.#options.onExtent(extent);
  }

  /** Collapses only the source; a source of one line cannot be collapsed. */
  toggleInput(): void {
    if (this.#head.source.lineCount > 1) this.extent = this.#extent === 'first' ? 'usual' : 'first';
  }

  get outputsHidden(): boolean {
    return this.#outputsHidden;
  }

  set outputsHidden(hidden: boolean) {
    if (hidden === this.#outputsHidden || this.#ask) return;
    this.#outputsHidden = hidden;
    this.#drawShape();
    this.#options.onHideOutputs(hidden);
  }

  /** The number of commands that run before this one, while it is queued. */
  set ahead(ahead: number) {
    this.#head.ahead = ahead;
  }

  /** How long the command has been running, or ran. */
  get elapsedMs(): number {
    return this.#head.elapsedMs;
  }

  tick(): void {
    this.#head.tick();
  }

  /**
   * What is not kept of the command: the number of lines of output, and whether there is more, such as the end of the
   * source.
   */
  missing(ofOutput: boolean): { readonly lines: number; readonly more: boolean } {
    const { lines, isCut } = ofOutput ? this.#parts.missing : { lines: 0, isCut: false };
    const isDropped = ofOutput && this.status.dropped !== undefined;
    return { lines, more: isDropped || isCut || this.entry.sourceOmitted > 0 };
  }

  /** The source and all outputs, including collapsed ones. */
  *searchables(): Generator<Searchable> {
    // The first line of a text is in its output.
    if (!this.entry.isText)
      yield* this.#head.source.searchables(this.node, () => {
        this.extent = 'whole';
      });
    for (const found of this.#parts.searchables()) yield { ...found, reveal: () => this.#revealOutput(found) };
  }

  /** Applies changed settings. */
  restyle(): void {
    this.#parts.restyle();
    this.#drawExtent();
  }

  #revealOutput(found: Searchable): void {
    if (this.#extent === 'line') this.extent = 'usual';
    this.outputsHidden = false;
    found.reveal();
  }

  addPart(part: Part): void {
    this.#parts.add(part, this.#ask?.node);
    this.#drawShape();
    this.#parts.note(this.status.open);
  }

  /** The command cleared its output. */
  clear(): void {
    const hadFocus = this.#parts.clear();
    this.#drawShape();
    if (hadFocus) this.node.focus({ preventScroll: true });
  }

  changeText(change: TextChange): void {
    this.#parts.change(change);
    this.#drawShape();
  }

  receiveForm(change: FormChange): void {
    this.#parts.receiveForm(change);
  }

  setStatus(status: CommandStatus): void {
    const { state, dropped, open } = status;
    this.#head.status = status;
    if (state.kind !== this.#drawnKind) {
      if (this.#drawnKind !== undefined) this.node.classList.remove(`is-${this.#drawnKind}`);
      this.node.classList.add(`is-${state.kind}`);
      this.#drawnKind = state.kind;
    }
    this.node.setAttribute('aria-label', labelOf(this.entry, state));
    this.#drawQuestion();
    if (dropped) this.#parts.drop(dropped);
    this.#parts.note(open);
    this.#drawContext();
  }

  /** Sets the context for the context menu, which package.json contributes. */
  #drawContext(): void {
    const { key, entry } = this;
    const context = {
      webviewSection: 'command',
      preventDefaultContextMenuItems: true,
      key,
      hasOrigin: entry.origin !== undefined,
      hasSource: hasCode(entry),
      hasOutput: this.#parts.size > 0,
      isOver: !this.isWaiting,
      hasError: this.canDebugError,
    };
    this.node.dataset.vscodeContext = JSON.stringify(context);
  }

  /** The field, with the text in it, stays the same as long as the question does. */
  #drawQuestion(): void {
    const { state } = this.status;
    const question = state.kind === 'asking' ? state.question : undefined;
    if (question?.id === this.#ask?.question.id) return;
    this.#ask?.remove();
    this.#ask = undefined;
    if (question) this.outputsHidden = false;
    this.#ask = question && new AskView(question, { ...this.#options, command: this.entry });
    if (!this.#ask) return;
    if (this.#extent === 'line') this.extent = 'usual';
    this.node.append(this.#ask.node);
    this.#drawShape();
  }

  #drawExtent(): void {
    this.#head.source.draw(this.#extent, this.#parts.lineCount);
    this.node.classList.toggle('is-folded', this.#extent === 'line');
    this.#drawShape();
  }

  /** A source of one line with a value of one line takes two rows; a single line of source stays visible. */
  #drawShape(): void {
    const isSingle = this.#head.source.lineCount === 1;
    const hasParts = this.#parts.size > 0;
    const { classList } = this.node;
    this.#drawHidden(this.#outputsHidden && hasParts);
    classList.toggle('has-out', (hasParts || this.#ask !== undefined) && this.#extent !== 'line');
    classList.toggle('multi', !isSingle && this.#extent !== 'line' && this.#extent !== 'first');
    classList.toggle('tiny', isSingle && this.#parts.isOneLineValue);
  }

  #drawHidden(hidden: boolean): void {
    this.node.classList.toggle('hides-outputs', hidden);
    this.#hiddenOutputs?.remove();
    this.#hiddenOutputs = undefined;
    if (!hidden || this.#extent === 'line') return;
    const { lineCount } = this.#parts;
    const label =
      lineCount === 1 ? l10n.t('1 line of output hidden') : l10n.t('{0} lines of output hidden', countText(lineCount));
    const show = textButton('tb fold', label, () => {
      this.outputsHidden = false;
    });
    this.#hiddenOutputs = element('div', { class: 'row hidden-outputs' }, element('div'), show);
    this.#head.node.after(this.#hiddenOutputs);
  }
}
