import * as l10n from '@vscode/l10n';
import type { CommandAction } from '../../../src/protocol/commandAction.js';
import type { CommandEntry, CommandState, CommandStatus } from '../../../src/protocol/panelEntries.js';
import { countText, durationText, tickingText } from '../amounts.js';
import { element, leadsToEditor, setText, textButton } from '../element.js';
import { captionOf, isPrintedAtStart } from './commandKind.js';
import { SourceView, type SourceExtent } from './sourceView.js';
import { stateGlyph, stateText } from './stateLooks.js';
import { briefUsage, fullUsage } from './usageText.js';

const BRIEF_MS = 100;
/** A source of this many characters takes two rows at most, however narrow the panel is. */
const NARROWEST = 40;
const LONGEST_STUCK = 300;

const ticking: ReadonlySet<CommandState['kind']> = new Set(['running', 'paused', 'asking']);

export interface CommandHeadOptions {
  /** The user chooses how much of the source is visible. */
  readonly onExtent: (extent: SourceExtent) => void;
  readonly act: (action: CommandAction) => void;
}

/** The rows of a command above its output: its source, with its state in the margin and its time at the end. */
export class CommandHead {
  readonly node: HTMLElement;
  /** What stays in view of a source that is longer than a row, while its output scrolls under it. */
  readonly stuck: HTMLElement | undefined;
  /** The place of the toolbar while the pointer is over this command or it has the focus. */
  readonly meta = element('div', { class: 'meta' });
  readonly source: SourceView;
  readonly #entry: CommandEntry;
  readonly #glyph = element('span', { class: 'glyph' });
  readonly #word = element('span', { class: 'word' });
  readonly #origin: HTMLElement | undefined;
  readonly #took = element('span', { class: 'took' });
  /** Ends a file that runs. */
  readonly #stop: HTMLElement | undefined;
  #status: CommandStatus;
  #ahead = 0;
  #drawnKind: CommandState['kind'] | undefined;
  #statusAt = performance.now();

  constructor(entry: CommandEntry, { onExtent, act }: CommandHeadOptions) {
    this.#entry = entry;
    this.#status = entry.status;
    const source = isPrintedAtStart(entry) ? captionOf(entry) : entry.source;
    this.source = new SourceView(source, entry.languageId, onExtent);
    const stop = (): void => {
      act('stop');
    };
    this.#stop = entry.isRun ? textButton('tb', l10n.t('Stop'), stop) : undefined;
    const goToSource = (): void => {
      act('goToSource');
    };
    this.#origin = entry.origin && originLink(entry.origin, goToSource);
    for (const node of [this.#word, this.#stop, this.#origin, this.#took]) if (node) this.meta.append(node);
    const number = element('span', { class: 'num' }, entry.number === 0 ? '' : String(entry.number));
    const gutter = element('div', { class: 'gut' }, this.#glyph, number);
    const code = element('div', { class: 'src' }, this.meta, this.source.node);
    this.node = element('div', { class: 'row head' }, gutter, code);
    if (this.source.lineCount > 1 || this.source.columns > NARROWEST) this.stuck = this.#stuckRow(number.textContent);
    if (this.source.columns > NARROWEST) this.node.style.setProperty('--columns', String(this.source.columns));
  }

  get status(): CommandStatus {
    return this.#status;
  }

  set status(status: CommandStatus) {
    this.#status = status;
    this.#statusAt = performance.now();
    const { kind } = status.state;
    if (kind !== this.#drawnKind || kind === 'paused') {
      this.#drawnKind = kind;
      this.#glyph.replaceChildren(...stateGlyph(kind));
      this.#drawWord();
    }
    if (this.#origin && status.at !== undefined) setText(this.#origin, status.at);
    this.tick();
  }

  get ticking(): boolean {
    return ticking.has(this.#status.state.kind);
  }

  /** How long the command has been running, or ran. */
  get elapsedMs(): number {
    const { state } = this.#status;
    const elapsedMs = 'elapsedMs' in state ? (state.elapsedMs ?? 0) : 0;
    return this.ticking ? elapsedMs + performance.now() - this.#statusAt : elapsedMs;
  }

  /** The number of commands that run before this one, while it is queued. */
  set ahead(ahead: number) {
    if (ahead === this.#ahead) return;
    this.#ahead = ahead;
    this.#drawWord();
  }

  tick(): void {
    const { state } = this.#status;
    const elapsedMs = 'elapsedMs' in state ? state.elapsedMs : undefined;
    const known = elapsedMs === undefined ? '' : durationText(elapsedMs);
    const usage = 'usage' in state ? state.usage : undefined;
    const brief = usage ? briefUsage(usage, elapsedMs ?? 0) : '';
    setText(this.#took, this.ticking ? tickingText(this.elapsedMs) : brief + known);
    this.#took.title = usage ? fullUsage(usage) : '';
    this.#took.classList.toggle('brief', state.kind === 'done' && this.elapsedMs < BRIEF_MS);
  }

  /** When it is done. */
  get #usualWord(): string {
    return this.#entry.isStart && !isPrintedAtStart(this.#entry) ? l10n.t('startup') : '';
  }

  #stuckRow(number: string): HTMLElement {
    const line = this.source.firstLine.slice(0, LONGEST_STUCK) + (this.source.lineCount > 1 ? ' …' : '');
    // Drawn by the style sheet: a text would be found, copied and read twice.
    const row = element('div', { class: 'row stuck' });
    Object.assign(row.dataset, { number, line });
    row.addEventListener('click', () => {
      this.node.scrollIntoView();
    });
    return row;
  }

  #drawWord(): void {
    const { state } = this.#status;
    const waits = state.kind === 'queued' && this.#ahead > 0;
    const word = waits ? l10n.t('queued, {0} ahead', countText(this.#ahead)) : stateText(state);
    setText(this.#word, state.kind === 'done' && state.exitCode === undefined ? this.#usualWord : word);
    if (this.#stop) this.#stop.hidden = !this.ticking;
  }
}

function originLink({ uri }: NonNullable<CommandEntry['origin']>, onOpen: () => void): HTMLElement {
  // Not a tab stop, because the toolbar of the focused command has the same action.
  const link = leadsToEditor(textButton('tb at', '', onOpen));
  link.tabIndex = -1;
  link.title = uri;
  return link;
}
