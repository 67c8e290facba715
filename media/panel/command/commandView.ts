import * as l10n from '@vscode/l10n';
import type { FormChange, TextChange } from '../../../src/protocol/panel.js';
import type { CommandEntry, CommandState, CommandStatus, Part } from '../../../src/protocol/panelEntries.js';
import { AskView, type AskViewOptions } from './askView.js';
import { durationText, tickingText, countText } from '../duration.js';
import { element, setText, textButton } from '../element.js';
import type { Searchable } from '../find/searchable.js';
import { PartView, type PartViewOptions } from './partView.js';
import { SourceView, type SourceExtent } from './sourceView.js';
import { stateGlyph, stateText } from './stateLooks.js';

const BRIEF_MS = 100;
/** A source of this many characters takes two rows at most, however narrow the panel is. */
const NARROWEST = 40;

export interface CommandViewOptions extends Omit<PartViewOptions, 'languageId'>, Omit<AskViewOptions, 'command'> {
  readonly extent: SourceExtent;
  readonly onExtent: (extent: SourceExtent) => void;
  readonly onOpenOrigin: () => void;
  /** The user ends a file that runs. */
  readonly onStop: () => void;
  readonly outputsHidden: boolean;
  readonly onHideOutputs: (hidden: boolean) => void;
}

/** A command: its source with its state in the margin, and its output below. */
export class CommandView {
  readonly #options: CommandViewOptions;

  readonly type = 'command';
  readonly key: number;
  readonly node: HTMLElement;
  /** The place of the toolbar while the pointer is over this command or it has the focus. */
  readonly meta = element('div', { class: 'meta' });
  readonly #glyph = element('span', { class: 'glyph' });
  readonly #word = element('span', { class: 'word' });
  readonly #origin: HTMLElement | undefined;
  readonly #hiddenOutputs: HTMLElement;
  readonly #took = element('span', { class: 'took' });
  readonly #stop: HTMLElement;
  readonly #source: SourceView;
  readonly #parts = new Map<number, PartView>();
  #ask: AskView | undefined;
  readonly #gap = element('div', { class: 'row out' }, element('div', { class: 'tag' }));
  #status: CommandStatus;
  #extent: SourceExtent;
  #outputsHidden: boolean;
  #ahead = 0;
  #drawnKind: CommandState['kind'] | undefined;
  #statusAt = performance.now();

  constructor(
    readonly entry: CommandEntry,
    options: CommandViewOptions,
  ) {
    this.#options = options;
    this.key = entry.key;
    this.#status = entry.status;
    this.#extent = options.extent;
    this.#outputsHidden = options.outputsHidden;
    const source = isPrintedAtStart(entry) ? l10n.t('Printed at the start of the session') : entry.source;
    this.#source = new SourceView(source, entry.languageId, (extent) => {
      this.extent = extent;
    });
    this.#stop = textButton('tb', l10n.t('Stop'), options.onStop);
    this.meta.append(this.#word, this.#stop);
    this.#hiddenOutputs = element('div', { class: 'row hidden-outputs', hidden: true }, element('div'));
    this.#origin = entry.origin && originLink(entry.origin, options.onOpenOrigin);
    if (this.#origin) this.meta.append(this.#origin);
    this.meta.append(this.#took);
    const number = element('span', { class: 'num' }, entry.number === 0 ? '' : String(entry.number));
    const gutter = element('div', { class: 'gut' }, this.#glyph, number);
    const head = element(
      'div',
      { class: 'row head' },
      gutter,
      element('div', { class: 'src' }, this.meta, this.#source.node),
    );
    if (this.#source.columns > NARROWEST) head.style.setProperty('--columns', String(this.#source.columns));
    this.node = element('article', { class: classOf(entry), tabindex: -1 }, head, this.#hiddenOutputs);
    for (const part of entry.parts) this.addPart(part);
    this.setStatus(entry.status);
    this.#drawExtent();
  }

  get status(): CommandStatus {
    return this.#status;
  }

  get parts(): Part[] {
    return Array.from(this.#parts.values(), ({ part }) => part);
  }

  get ticking(): boolean {
    return this.#status.state.kind === 'running' || this.#status.state.kind === 'asking';
  }

  /** Whether what is submitted now runs after this command. */
  get isWaiting(): boolean {
    return this.ticking || this.#status.state.kind === 'queued';
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
    if (this.#source.lineCount > 1) this.extent = this.#extent === 'first' ? 'usual' : 'first';
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
    if (ahead === this.#ahead) return;
    this.#ahead = ahead;
    this.#drawWord();
  }

  /** How long the command has been running, or ran. */
  get elapsedMs(): number {
    const { state } = this.#status;
    if (!('elapsedMs' in state)) return 0;
    return this.ticking ? state.elapsedMs + performance.now() - this.#statusAt : state.elapsedMs;
  }

  /**
   * What is not kept of the command: the number of lines of output, and whether there is more, such as the end of the
   * source.
   */
  missing(ofOutput: boolean): { readonly lines: number; readonly more: boolean } {
    const parts = ofOutput ? [...this.#parts.values()] : [];
    const lines = parts.reduce((sum, { missing }) => sum + missing, 0);
    const isCut = (ofOutput && this.#status.dropped !== undefined) || parts.some((part) => part.isCut);
    return { lines, more: isCut || this.entry.sourceOmitted > 0 };
  }

  /** The source and all outputs, including collapsed ones. */
  *searchables(): Generator<Searchable> {
    yield* this.#source.searchables(this.node, () => {
      this.extent = 'whole';
    });
    for (const view of this.#parts.values())
      for (const found of view.searchables()) yield { ...found, reveal: () => this.#revealOutput(found) };
  }

  /** Applies changed settings. */
  restyle(): void {
    for (const view of this.#parts.values()) view.restyle();
    this.#drawExtent();
  }

  #revealOutput(found: Searchable): void {
    if (this.#extent === 'line') this.extent = 'usual';
    this.outputsHidden = false;
    found.reveal();
  }

  addPart(part: Part): void {
    const before = this.#parts.get(part.id);
    const view = new PartView(part, { ...this.#options, languageId: this.entry.languageId });
    this.#parts.set(part.id, view);
    if (before) before.node.replaceWith(view.node);
    else if (this.#ask) this.#ask.node.before(view.node);
    else this.node.append(view.node);
    this.#drawShape();
    this.#drawNotes();
  }

  /** The command cleared its output. */
  clear(): void {
    const nodes = [this.#gap, ...Array.from(this.#parts.values(), ({ node }) => node)];
    const hadFocus = nodes.some((node) => node.contains(document.activeElement));
    for (const node of nodes) node.remove();
    this.#parts.clear();
    this.#drawShape();
    if (hadFocus) this.node.focus({ preventScroll: true });
  }

  changeText(change: TextChange): void {
    this.#parts.get(change.part)?.change(change);
    this.#drawShape();
  }

  receiveForm({ part, mime, data }: FormChange): void {
    this.#parts.get(part)?.receiveForm(mime, data);
  }

  setStatus(status: CommandStatus): void {
    this.#status = status;
    this.#statusAt = performance.now();
    const { state } = status;
    if (state.kind !== this.#drawnKind) this.#drawKind(state);
    this.node.setAttribute('aria-label', labelOf(this.entry, state));
    if (this.#origin && status.at !== undefined) setText(this.#origin, status.at);
    this.#drawQuestion();
    this.tick();
    this.#drawGap();
    this.#drawNotes();
    this.#drawContext();
  }

  tick(): void {
    const { state } = this.#status;
    const timed = 'elapsedMs' in state;
    const text = !timed ? '' : this.ticking ? tickingText(this.elapsedMs) : durationText(state.elapsedMs);
    setText(this.#took, text);
    this.#took.classList.toggle('brief', state.kind === 'done' && state.elapsedMs < BRIEF_MS);
  }

  #drawKind(state: CommandState): void {
    const { kind } = state;
    if (this.#drawnKind !== undefined) this.node.classList.remove(`is-${this.#drawnKind}`);
    this.node.classList.add(`is-${kind}`);
    this.#drawnKind = kind;
    this.#glyph.replaceChildren(...stateGlyph(kind));
    this.#drawWord();
  }

  #drawWord(): void {
    const { state } = this.#status;
    const waits = state.kind === 'queued' && this.#ahead > 0;
    const word = waits ? l10n.t('queued, {0} ahead', countText(this.#ahead)) : stateText(state);
    const usual = this.entry.isStart && !isPrintedAtStart(this.entry) ? l10n.t('start-up') : '';
    setText(this.#word, state.kind === 'done' && state.exitCode === undefined ? usual : word);
    this.#stop.hidden = this.entry.isRun !== true || !this.ticking;
  }

  /** Sets the context for the context menu, which package.json contributes. */
  #drawContext(): void {
    const { parts, key, entry } = this;
    const context = {
      webviewSection: 'command',
      preventDefaultContextMenuItems: true,
      key,
      hasOrigin: entry.origin !== undefined,
      hasSource: hasCode(entry),
      hasOutput: parts.length > 0,
      isOver: !this.isWaiting,
    };
    this.node.dataset.vscodeContext = JSON.stringify(context);
  }

  /** The field, with the text in it, stays the same as long as the question does. */
  #drawQuestion(): void {
    const { state } = this.#status;
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

  #drawGap(): void {
    const { dropped } = this.#status;
    if (!dropped) return;
    for (const [id, view] of this.#parts) {
      if (id < dropped.after - dropped.count || id >= dropped.after) continue;
      view.node.remove();
      this.#parts.delete(id);
    }
    const label = l10n.t('{0} outputs not shown', countText(dropped.count));
    const link = textButton('tb', label, this.#options.onOpenInFull);
    if (this.#gap.childElementCount === 1) this.#gap.append(element('div', { class: 'body gap' }, link));
    else this.#gap.lastElementChild?.replaceChildren(link);
    this.#parts.get(dropped.after)?.node.before(this.#gap);
  }

  #drawNotes(): void {
    const last = [...this.#parts.values()].at(-1);
    for (const view of this.#parts.values()) view.note(view === last && this.#status.open);
  }

  #drawExtent(): void {
    const hidden = [...this.#parts.values()].reduce((sum, view) => sum + view.lineCount, 0);
    this.#source.draw(this.#extent, hidden);
    this.node.classList.toggle('is-folded', this.#extent === 'line');
    this.#drawShape();
  }

  /** A source of one line with a value of one line takes two rows; a single line of source stays visible. */
  #drawShape(): void {
    const parts = [...this.#parts.values()];
    const single = this.#source.lineCount === 1;
    const [only] = parts;
    const lineCount = parts.reduce((sum, view) => sum + view.lineCount, 0);
    const hidden = this.#outputsHidden && parts.length > 0;
    this.node.classList.toggle('hides-outputs', hidden);
    this.#hiddenOutputs.hidden = !hidden || this.#extent === 'line';
    if (hidden) {
      const label =
        lineCount === 1
          ? l10n.t('1 line of output hidden')
          : l10n.t('{0} lines of output hidden', countText(lineCount));
      const show = textButton('tb fold', label, () => {
        this.outputsHidden = false;
      });
      this.#hiddenOutputs.replaceChildren(element('div'), show);
    }
    this.node.classList.toggle('has-out', (parts.length > 0 || this.#ask !== undefined) && this.#extent !== 'line');
    this.node.classList.toggle('multi', !single && this.#extent !== 'line' && this.#extent !== 'first');
    this.node.classList.toggle(
      'tiny',
      single && parts.length === 1 && only?.part.type === 'value' && only.lineCount === 1,
    );
  }
}

/** Whether its source is code, which can run again. */
export function hasCode(entry: CommandEntry): boolean {
  return entry.isRun !== true && !isPrintedAtStart(entry);
}

function classOf(entry: CommandEntry): string {
  if (entry.isRun) return 'cmd is-run';
  if (isPrintedAtStart(entry)) return 'cmd is-start';
  return entry.isStart ? 'cmd is-startup' : 'cmd';
}

/** Not by a command: it has no source. */
function isPrintedAtStart({ isStart, source }: CommandEntry): boolean {
  return isStart === true && source === '';
}

function labelOf(entry: CommandEntry, state: CommandState): string {
  if (isPrintedAtStart(entry)) return l10n.t('Printed at the start of the session');
  if (entry.isRun) return l10n.t('Run of {0}, {1}', entry.source, stateText(state));
  if (entry.isStart) return l10n.t('Start-up commands, {0}', stateText(state));
  return l10n.t('Command {0}, {1}', entry.number, stateText(state));
}

function originLink({ uri }: NonNullable<CommandEntry['origin']>, onOpen: () => void): HTMLElement {
  // Not a tab stop, because the toolbar of the focused command has the same action.
  const link = textButton('tb at', '', onOpen);
  link.tabIndex = -1;
  link.title = uri;
  return link;
}
