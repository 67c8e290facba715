import type { Change, HostMessage, PanelWelcome } from '../protocol/panel.js';
import type { HistoryEntry } from '../protocol/panelInput.js';
import type { PanelSettings } from '../protocol/panelSettings.js';
import type { PanelModel } from './model/panelModel.js';
import { PendingChanges, type WantedForm } from './pendingChanges.js';

export interface PanelFeedOptions {
  readonly model: PanelModel;
  readonly welcome: PanelWelcome;
  readonly history: () => readonly HistoryEntry[];
  readonly settings: () => PanelSettings;
  readonly send: (message: HostMessage) => void;
  readonly frameMs?: number;
}

const FRAME_MS = 16;
/**
 * After a pause, changes are not held back for a frame, but only long enough for a short command to come with its
 * result.
 */
const FIRST_MS = 3;
/** The maximum number of messages on their way. While the webview is behind, changes are only marked as pending. */
const WINDOW = 2;

/** Keeps a webview up to date: a snapshot, then changes, at most once per frame and never more than it can draw. */
export class PanelFeed {
  readonly #subscription;
  readonly #options: PanelFeedOptions;

  readonly #pending: PendingChanges;
  #started = false;
  #flushedAt = 0;
  #seq = 0;
  #acknowledged = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Whether the timer is for the first change after a pause. */
  #awaitsResult = false;

  constructor(options: PanelFeedOptions) {
    this.#options = options;
    this.#pending = new PendingChanges(options.model, options.settings);
    this.#subscription = options.model.onDidChange((change) => {
      if (!this.#started || ('key' in change && options.model.isElsewhere(change.key))) return;
      this.#pending.mark(change);
      this.#schedule();
      if (change.type === 'command' && this.#awaitsResult) this.#hurryWhenOver(change.key);
    });
  }

  /** The webview exists and is empty. */
  start(): void {
    this.#started = true;
    this.#pending.mark({ type: 'reset' });
    this.#acknowledged = this.#seq;
    this.#flush();
  }

  /** The webview is gone until it starts again; until then, changes wait. */
  pause(): void {
    this.#started = false;
  }

  /** The webview has drawn everything up to `seq`. */
  acknowledge(seq: number): void {
    if (seq > this.#seq) return;
    this.#acknowledged = Math.max(this.#acknowledged, seq);
    this.#schedule();
  }

  /** The webview is about to show a value in this form and has no data for it. */
  want(wanted: WantedForm): void {
    this.#pending.want(wanted);
    this.#schedule();
  }

  /** Sends a change that is not part of the model once, after all others. */
  answer(change: Change): void {
    this.#pending.answer(change);
    this.#schedule();
  }

  /** The settings have changed. */
  settingsChanged(): void {
    if (!this.#started) return;
    this.#pending.markSettings();
    this.#schedule();
  }

  dispose(): void {
    this.#subscription.dispose();
    clearTimeout(this.#timer);
    this.#started = false;
  }

  #schedule(): void {
    if (this.#timer || !this.#pending.any) return;
    const rest = this.#flushedAt + (this.#options.frameMs ?? FRAME_MS) - performance.now();
    this.#flushIn(Math.max(FIRST_MS, rest));
    this.#awaitsResult = rest < FIRST_MS;
  }

  #flushIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#awaitsResult = false;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, ms);
  }

  #hurryWhenOver(key: number): void {
    const kind = this.#options.model.commandStatus(key)?.state.kind;
    if (kind !== 'queued' && kind !== 'running') this.#flushIn(0);
  }

  #flush(): void {
    if (!this.#started || !this.#pending.any || this.#seq - this.#acknowledged >= WINDOW) return;
    this.#flushedAt = performance.now();
    if (this.#pending.needsSnapshot) this.#sendSnapshot();
    else {
      const changes = this.#pending.take();
      if (changes.length > 0) this.#options.send({ type: 'update', seq: ++this.#seq, changes });
    }
    this.#schedule();
  }

  #sendSnapshot(): void {
    const { welcome, history, send } = this.#options;
    const snapshot = this.#pending.takeSnapshot();
    send({ type: 'snapshot', seq: ++this.#seq, ...snapshot, welcome, history: [...history()] });
  }
}
