import * as l10n from '@vscode/l10n';
import type { ChangeHandlers, HostMessage, Intent } from '../../../src/protocol/panel.js';
import type { Entry } from '../../../src/protocol/panelEntries.js';
import type { Announcer } from '../announcer.js';
import { commandActions } from '../command/commandActions.js';
import { CommandToolbars } from '../command/commandToolbars.js';
import type { CommandView } from '../command/commandView.js';
import { currentSettings } from '../currentSettings.js';
import { countText } from '../amounts.js';
import { element } from '../element.js';
import { entryView, type EntryView } from './entryView.js';
import { FeedEntries } from './feedEntries.js';
import { FeedKeys } from './feedKeys.js';
import type { CommandText } from '../find/search.js';
import { FollowEnd } from './followEnd.js';
import { noticeSentence, outcomeSentence, runSentence } from '../command/outcomeSentence.js';
import { OlderCommands } from './olderCommands.js';
import { ReadingPlace } from './readingPlace.js';
import type { ViewState } from '../viewState.js';
import { WaitingCommands } from './waitingCommands.js';

export interface LogViewOptions {
  readonly send: (intent: Intent) => void;
  readonly state: ViewState;
  readonly announcer: Announcer;
  /** The user moves on past the last entry. */
  readonly onLeave: () => void;
}

type Snapshot = Pick<Extract<HostMessage, { type: 'snapshot' }>, 'entries' | 'earlier' | 'older'>;

/** The transcript: a feed of commands, dividers and notices that follows its end. */
export class LogView {
  readonly #options: LogViewOptions;

  readonly node = element('main', { class: 'log' });
  readonly #entries: FeedEntries;
  readonly #older = new OlderCommands();
  readonly #waiting: WaitingCommands;
  readonly #toolbars: CommandToolbars;
  readonly #keys: FeedKeys;
  readonly #follow: FollowEnd;
  readonly #place: ReadingPlace;
  #added = 0;
  /** An entry that the user asked for and that has not arrived yet. */
  #wanted: number | undefined;

  constructor(options: LogViewOptions) {
    this.#options = options;
    const actOn = commandActions(options.send);
    this.#toolbars = new CommandToolbars(actOn);
    const onFold = (): void => {
      this.#toolbars.refresh();
    };
    this.#entries = new FeedEntries((entry) => entryView(entry, { ...options, actOn, onFold }));
    const { node: feed, blocks } = this.#entries;
    this.#waiting = new WaitingCommands(this.#entries);
    this.#follow = new FollowEnd(this.node, (following) => {
      this.#place.keep(following);
    });
    this.#place = new ReadingPlace({
      log: this.node,
      blocks,
      state: options.state,
      keyOf: (node) => this.#entries.keyOf(node),
      nodeOf: (key) => this.#entries.get(key)?.node,
      leaveEnd: () => {
        this.#follow.stay();
      },
    });
    this.#keys = new FeedKeys({
      entries: this.#entries,
      onFocus: (view) => {
        this.#toolbars.focus(view?.type === 'command' ? view : undefined);
      },
      actOn,
      onLeave: options.onLeave,
    });
    feed.addEventListener('pointerover', ({ target }) => {
      const node = target instanceof Element ? target.closest('article') : null;
      const view = this.#entries.viewOf(node ?? undefined);
      this.#toolbars.point(view?.type === 'command' ? view : undefined);
    });
    feed.addEventListener('pointerleave', () => {
      this.#toolbars.point(undefined);
    });
    this.node.append(this.#older.node, feed);
    // Forms of values are drawn slightly later than the message that contains them.
    new ResizeObserver(() => {
      if (this.size > 0 && currentSettings().autoScroll) this.resized();
    }).observe(feed);
  }

  readonly changes: Omit<
    ChangeHandlers,
    'status' | 'settings' | 'completions' | 'signature' | 'foundElsewhere' | 'draw' | 'focus' | 'insert'
  > = {
    entry: ({ entry }) => {
      const view = this.#add(entry);
      if (view.type === 'command') this.#announce(view);
    },
    earlier: ({ entries }) => {
      this.#addEarlier(entries);
    },
    command: ({ key, status }) => {
      const view = this.command(key);
      if (!view) return;
      const was = view.status.state.kind;
      view.setStatus(status);
      if (was === status.state.kind) return;
      this.#announce(view);
      this.#toolbars.refresh();
    },
    cleared: ({ key }) => {
      this.command(key)?.clear();
    },
    part: ({ key, part }) => {
      this.command(key)?.addPart(part);
    },
    text: (change) => {
      this.command(change.key)?.changeText(change);
    },
    form: (change) => {
      this.command(change.key)?.receiveForm(change);
    },
    reveal: ({ key }) => {
      this.#wanted = key;
      this.#reveal();
    },
    removed: ({ key }) => {
      this.#entries.remove(key);
    },
    dropped: ({ before, older }) => {
      this.#entries.removeBefore(before);
      this.#older.draw(older);
    },
  };

  /** The searchable text, including collapsed parts. */
  *texts(): Generator<CommandText> {
    for (const command of this.#entries.commands())
      for (const searchable of command.searchables()) yield { key: command.key, searchable };
  }

  /**
   * Describes what a search cannot find because it is not kept. The host keeps the output of commands from `since` on.
   */
  missing(since = Infinity): string {
    const missing = Array.from(this.#entries.commands(), (command) => command.missing(command.key < since));
    const lines = missing.reduce((sum, command) => sum + command.lines, 0);
    if (lines > 0) return l10n.t('Not searched: {0} lines that are no longer kept', countText(lines));
    const more = this.#older.some || missing.some((command) => command.more);
    return more ? l10n.t('Not searched: output that is no longer kept') : '';
  }

  /** The key of the entry with the focus, or of the first one in view. */
  get keyHere(): number | undefined {
    const here = document.activeElement?.closest('article') ?? this.#place.firstInView;
    return here && this.#entries.keyOf(here);
  }

  /** Applies changed settings, and keeps the reading position. */
  restyle(): void {
    for (const command of this.#entries.commands()) command.restyle();
    this.resized();
  }

  /** Leads back to the end; stands below the transcript. */
  get endNode(): HTMLElement {
    return this.#follow.node;
  }

  /** Stops scrolling. */
  stay(): void {
    this.#follow.stay();
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Draws everything again, and restores the focus and the reading position. Shows the old entries until then. */
  async reset({ entries, earlier, older }: Snapshot): Promise<void> {
    const views = await this.#entries.prepare(entries);
    const { top } = this.#options.state;
    const focused = document.activeElement?.closest('article');
    const focusedKey = focused ? this.#entries.keyOf(focused) : undefined;
    const wasAnswering = this.command(focusedKey)?.ask?.hasFocus ?? false;
    this.#entries.clear(earlier);
    for (const view of views) this.#entries.append(view);
    for (const entry of entries) this.#announceNotice(entry);
    this.#added = 0;
    this.#older.draw(older);
    if (wasAnswering) this.command(focusedKey)?.ask?.focus();
    else this.#entries.get(focusedKey)?.node.focus({ preventScroll: true });
    this.#place.await(top);
    if (!this.#place.find()) this.#follow.followNext();
    this.#place.await(earlier > 0 ? top : undefined);
  }

  /** Called after the changes of a message. */
  settle(): void {
    const { asking } = this;
    this.#follow.drawn(this.#added, asking?.entry.number);
    asking?.ask?.offerFocus();
    this.#waiting.drawQueues();
    this.#added = 0;
    const { node: feed, blocks } = this.#entries;
    const { last } = blocks;
    const isReached = feed.contains(document.activeElement) || !this.#follow.following;
    if (last && !(isReached && this.#keys.hasStop)) this.#keys.makeStop(last);
  }

  /** Scrolls to the end, and follows it. */
  follow(): void {
    this.#follow.follow();
  }

  /** Focuses the entry that Tab reaches if it is in view, or else another one that is. */
  focus(): void {
    if (!this.#keys.isStopInView(this.node)) {
      const inView = this.#follow.following ? this.#entries.blocks.last : this.#place.firstInView;
      if (inView) this.#keys.makeStop(inView);
    }
    this.#keys.focus();
  }

  /** The command that waits for a line. */
  get asking(): CommandView | undefined {
    return this.#waiting.asking;
  }

  /** The number of the last command of an evaluator that has not ended. */
  lastWaiting(evaluator: string): number | undefined {
    return this.#waiting.last(evaluator);
  }

  /**
   * Updates the times of running commands. Returns how long the last one has been running, or undefined if none runs.
   */
  tick(): number | undefined {
    return this.#waiting.tick();
  }

  /** The page was resized: if the end was in view, it stays in view. */
  resized(): void {
    if (this.size === 0) return; // the reading position of the last page is still to be restored
    if (this.#follow.following) this.#follow.follow();
    else this.#follow.drawn(0, this.asking?.entry.number);
  }

  /** The number of a command for the user. */
  numberOf(key: number): number | undefined {
    return this.command(key)?.entry.number;
  }

  command(key: number | undefined): CommandView | undefined {
    return this.#entries.command(key);
  }

  #addEarlier(entries: readonly Entry[]): void {
    this.#entries.prepend(entries);
    this.#place.find();
    this.#reveal();
  }

  #reveal(): void {
    const view = this.#entries.get(this.#wanted);
    if (!view) return;
    this.#wanted = undefined;
    this.#place.await(undefined);
    if (view.type === 'command' && view.extent === 'line') view.extent = 'usual';
    this.#follow.stay();
    this.#place.goTo(view.node);
    view.node.focus({ preventScroll: true });
  }

  #add(entry: Entry): EntryView {
    const view = this.#entries.add(entry);
    this.#added += 1;
    this.#announceNotice(entry);
    return view;
  }

  #announceNotice(entry: Entry): void {
    if (entry.type === 'notice') this.#options.announcer.say(noticeSentence(entry));
  }

  #announce({ entry, status, parts }: CommandView): void {
    if (entry.isStart || entry.isText) return;
    const sentence = entry.isRun ? runSentence(entry.source, status) : outcomeSentence(entry.number, status, parts);
    if (sentence !== undefined) this.#options.announcer.say(sentence);
  }
}
