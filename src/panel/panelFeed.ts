import type { Change, HostMessage, PanelWelcome } from '../protocol/panel.js';
import type { Entry } from '../protocol/panelEntries.js';
import type { DrawnType } from '../protocol/panelForms.js';
import type { HistoryEntry } from '../protocol/panelInput.js';
import type { PanelSettings } from '../protocol/panelSettings.js';
import type { ModelChange, PanelModel } from './model/panelModel.js';

/** What the webview lacks of a command: parts that it has never received, and the first changed line of others. */
interface Behind {
  whole: boolean;
  command: boolean;
  /** Whether it may have parts that were cleared. */
  cleared: boolean;
  readonly parts: Map<number, 'new' | number>;
}

/** A form of a value that the webview requested. */
interface Wanted {
  readonly key: number;
  readonly part: number;
  readonly mime: DrawnType;
}

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
/**
 * The maximum number of messages on their way. While the webview is behind, changes are recorded as marks, not as
 * messages.
 */
const WINDOW = 2;
/** The maximum number of commands in a message, so that no message takes the webview long to draw. */
const BATCH = 40;

/**
 * The number of entries that are sent at once: about what fits in the view. Earlier ones follow, this many per message.
 */
const FIRST_ENTRIES = 20;
const EARLIER_BATCH = 20;
/** The maximum size of forms in a message, in characters. */
const FORM_BATCH = 500_000;

/** Keeps a webview up to date: a snapshot, then changes, at most once per frame and never more than it can draw. */
export class PanelFeed {
  readonly #subscription;
  readonly #options: PanelFeedOptions;

  readonly #behind = new Map<number, Behind>();
  #wanted: Wanted[] = [];
  /** The keys of the entries that the webview has not received yet, oldest first. */
  #earlier: number[] = [];
  #statusBehind = false;
  #settingsBehind = false;
  #dropped = false;
  readonly #removed: number[] = [];
  #started = false;
  #reset = false;
  #answers: Change[] = [];
  #flushedAt = 0;
  #seq = 0;
  #acknowledged = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Whether the timer is for the first change after a pause. */
  #awaitsResult = false;

  constructor(options: PanelFeedOptions) {
    this.#options = options;
    this.#subscription = options.model.onDidChange((change) => {
      if (!this.#started) return;
      this.#mark(change);
      this.#schedule();
      if (change.type === 'command' && this.#awaitsResult) this.#hurryWhenOver(change.key);
    });
  }

  /** The webview exists and is empty. */
  start(): void {
    this.#started = true;
    this.#reset = true;
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
  want(wanted: Wanted): void {
    this.#wanted.push(wanted);
    this.#schedule();
  }

  /** Sends a change that is not part of the model once, after all others. */
  answer(change: Change): void {
    this.#answers.push(change);
    this.#schedule();
  }

  /** The settings have changed. */
  settingsChanged(): void {
    if (!this.#started) return;
    this.#settingsBehind = true;
    this.#schedule();
  }

  dispose(): void {
    this.#subscription.dispose();
    clearTimeout(this.#timer);
    this.#started = false;
  }

  #mark(change: ModelChange): void {
    switch (change.type) {
      case 'status':
        this.#statusBehind = true;
        break;
      case 'entry':
        this.#behindOn(change.key).whole = true;
        break;
      case 'command':
        this.#behindOn(change.key).command = true;
        break;
      case 'cleared': {
        const behind = this.#behindOn(change.key);
        behind.cleared = behind.command = true;
        behind.parts.clear();
        break;
      }
      case 'part':
        this.#behindOn(change.key).parts.set(change.part, 'new');
        this.#behindOn(change.key).command = true;
        break;
      case 'text': {
        const { parts } = this.#behindOn(change.key);
        const known = parts.get(change.part);
        if (known !== 'new') parts.set(change.part, Math.min(known ?? change.from, change.from));
        break;
      }
      case 'removed':
        this.#behind.delete(change.key);
        this.#removed.push(change.key);
        break;
      case 'dropped':
        this.#dropped = true;
        break;
      case 'reset':
        this.#reset = true;
    }
  }

  #behindOn(key: number): Behind {
    let behind = this.#behind.get(key);
    if (!behind) this.#behind.set(key, (behind = { whole: false, command: false, cleared: false, parts: new Map() }));
    return behind;
  }

  #schedule(): void {
    if (this.#timer || !this.#pending) return;
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

  get #pending(): boolean {
    const asked = this.#wanted.length + this.#answers.length + this.#removed.length + this.#earlier.length;
    return (
      this.#reset || this.#statusBehind || this.#settingsBehind || this.#dropped || this.#behind.size > 0 || asked > 0
    );
  }

  #flush(): void {
    if (!this.#started || !this.#pending || this.#seq - this.#acknowledged >= WINDOW) return;
    if (this.#reset) {
      this.#sendSnapshot();
      this.#schedule();
      return;
    }
    this.#flushedAt = performance.now();
    const changes = this.#changes();
    if (changes.length > 0) this.#options.send({ type: 'update', seq: ++this.#seq, changes });
    this.#schedule();
  }

  #sendSnapshot(): void {
    this.#flushedAt = performance.now();
    const { model, welcome, history, settings, send } = this.#options;
    this.#reset = this.#statusBehind = this.#settingsBehind = this.#dropped = false;
    this.#behind.clear();
    this.#wanted = [];
    this.#removed.length = 0;
    const { older, oldestKey: oldest, firstKey: window } = model;
    const keys = model.keys();
    this.#earlier = keys.slice(0, -FIRST_ENTRIES);
    const entries = this.#entries(keys.slice(-FIRST_ENTRIES));
    const seq = ++this.#seq;
    const [status, earlier] = [model.status(), this.#earlier.length];
    send({
      type: 'snapshot',
      seq,
      oldest,
      window,
      status,
      settings: settings(),
      welcome,
      older,
      earlier,
      entries,
      history: [...history()],
    });
  }

  /** Omits entries that have been removed, and forms, which the webview requests when they come into view. */
  #entries(keys: readonly number[]): Entry[] {
    return keys.flatMap((key) => this.#options.model.entry(key, 0) ?? []);
  }

  #changes(): Change[] {
    const { model } = this.#options;
    const changes: Change[] = [];
    if (this.#settingsBehind) changes.push({ type: 'settings', settings: this.#options.settings() });
    this.#settingsBehind = false;
    if (this.#dropped) changes.push({ type: 'dropped', before: model.oldestKey, older: model.older });
    this.#dropped = false;
    changes.push(...this.#removed.splice(0).map((key): Change => ({ type: 'removed', key })));
    let commands = 0;
    for (const [key, behind] of this.#behind) {
      if (++commands > BATCH) break;
      this.#behind.delete(key);
      changes.push(...this.#changesOf(key, behind));
    }
    changes.push(...this.#forms());
    // Current changes come before earlier entries.
    if (commands <= EARLIER_BATCH && this.#earlier.length > 0)
      changes.push({ type: 'earlier', entries: this.#entries(this.#earlier.splice(-EARLIER_BATCH)) });
    // Last, so that the running command that it refers to exists.
    if (this.#statusBehind) changes.push({ type: 'status', status: model.status() });
    this.#statusBehind = false;
    changes.push(...this.#answers.splice(0));
    return changes;
  }

  /** After the parts that they belong to. */
  #forms(): Change[] {
    const changes: Change[] = [];
    for (let characters = 0; this.#wanted.length > 0 && characters < FORM_BATCH;) {
      const wanted = this.#wanted.shift();
      if (!wanted) break;
      const data = this.#options.model.form(wanted.key, wanted.part, wanted.mime);
      changes.push({ type: 'form', ...wanted, ...(data === undefined ? {} : { data }) });
      characters += data?.length ?? 0;
    }
    return changes;
  }

  #changesOf(key: number, behind: Behind): Change[] {
    const { model } = this.#options;
    const entry: Entry | undefined = behind.whole ? model.entry(key) : undefined;
    if (entry) return [{ type: 'entry', entry }];
    const changes: Change[] = behind.cleared ? [{ type: 'cleared', key }] : [];
    for (const [part, since] of behind.parts) {
      const whole = since === 'new' ? model.part(key, part) : undefined;
      if (whole) changes.push({ type: 'part', key, part: whole });
      const text = since === 'new' ? undefined : model.textSince(key, part, since);
      if (text) changes.push({ type: 'text', key, part, ...text });
    }
    const status = behind.command ? model.commandStatus(key) : undefined;
    if (status) changes.push({ type: 'command', key, status });
    return changes;
  }
}
