import type { Change, HostMessage } from '../protocol/panel.js';
import type { Entry } from '../protocol/panelEntries.js';
import type { DrawnType } from '../protocol/panelForms.js';
import type { PanelSettings } from '../protocol/panelSettings.js';
import type { ModelChange } from './model/modelChange.js';
import type { PanelModel } from './model/panelModel.js';

/** What the webview lacks of a command: parts that it has never received, and the first changed line of others. */
interface Behind {
  whole: boolean;
  command: boolean;
  /** Whether it may have parts that were cleared. */
  cleared: boolean;
  readonly parts: Map<number, 'new' | number>;
}

/** A form of a value that the webview requested. */
export interface WantedForm {
  readonly key: number;
  readonly part: number;
  readonly mime: DrawnType;
}

type Snapshot = Extract<HostMessage, { type: 'snapshot' }>;

/** The maximum number of commands in a message, so that no message takes the webview long to draw. */
const BATCH = 40;
/**
 * The number of entries that are sent at once: about what fits in the view. Earlier ones follow, this many per message.
 */
const FIRST_ENTRIES = 20;
const EARLIER_BATCH = 20;
/** The maximum size of forms in a message, in characters. */
const FORM_BATCH = 500_000;

/**
 * What the webview lacks of the model, as marks: however much changes while the webview cannot take it, only the
 * current state is sent.
 */
export class PendingChanges {
  readonly #model: PanelModel;
  readonly #settings: () => PanelSettings;

  readonly #behind = new Map<number, Behind>();
  #wanted: WantedForm[] = [];
  /** The keys of the entries that the webview has not received yet, oldest first. */
  #earlier: number[] = [];
  #statusBehind = false;
  #settingsBehind = false;
  #dropped = false;
  readonly #removed: number[] = [];
  #reset = false;
  #answers: Change[] = [];

  constructor(model: PanelModel, settings: () => PanelSettings) {
    this.#model = model;
    this.#settings = settings;
  }

  mark(change: ModelChange): void {
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

  markSettings(): void {
    this.#settingsBehind = true;
  }

  want(wanted: WantedForm): void {
    this.#wanted.push(wanted);
  }

  /** A change that is not part of the model, which comes once, after all others. */
  answer(change: Change): void {
    this.#answers.push(change);
  }

  get any(): boolean {
    const asked = this.#wanted.length + this.#answers.length + this.#removed.length + this.#earlier.length;
    return (
      this.#reset || this.#statusBehind || this.#settingsBehind || this.#dropped || this.#behind.size > 0 || asked > 0
    );
  }

  /** Whether nothing that the webview has is valid: it needs a snapshot. */
  get needsSnapshot(): boolean {
    return this.#reset;
  }

  /** The last entries and the status; earlier entries are marked as pending. */
  takeSnapshot(): Omit<Snapshot, 'type' | 'seq' | 'welcome' | 'history'> {
    this.#reset = this.#statusBehind = this.#settingsBehind = this.#dropped = false;
    this.#behind.clear();
    this.#wanted = [];
    this.#removed.length = 0;
    const { older, oldestKey: oldest, firstKey: window } = this.#model;
    const keys = this.#model.keys();
    this.#earlier = keys.slice(0, -FIRST_ENTRIES);
    return {
      oldest,
      window,
      status: this.#model.status(),
      settings: this.#settings(),
      older,
      earlier: this.#earlier.length,
      entries: this.#entries(keys.slice(-FIRST_ENTRIES)),
    };
  }

  /** The changes for one message. More may be left. */
  take(): Change[] {
    const changes: Change[] = [];
    if (this.#settingsBehind) changes.push({ type: 'settings', settings: this.#settings() });
    this.#settingsBehind = false;
    if (this.#dropped) changes.push({ type: 'dropped', before: this.#model.oldestKey, older: this.#model.older });
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
    if (this.#statusBehind) changes.push({ type: 'status', status: this.#model.status() });
    this.#statusBehind = false;
    changes.push(...this.#answers.splice(0));
    return changes;
  }

  #behindOn(key: number): Behind {
    let behind = this.#behind.get(key);
    if (!behind) this.#behind.set(key, (behind = { whole: false, command: false, cleared: false, parts: new Map() }));
    return behind;
  }

  /** Omits entries that have been removed, and forms, which the webview requests when they come into view. */
  #entries(keys: readonly number[]): Entry[] {
    return keys.flatMap((key) => this.#model.entry(key, 0) ?? []);
  }

  /** After the parts that they belong to. */
  #forms(): Change[] {
    const changes: Change[] = [];
    for (let characters = 0; this.#wanted.length > 0 && characters < FORM_BATCH;) {
      const wanted = this.#wanted.shift();
      if (!wanted) break;
      const data = this.#model.form(wanted.key, wanted.part, wanted.mime);
      changes.push({ type: 'form', ...wanted, ...(data === undefined ? {} : { data }) });
      characters += data?.length ?? 0;
    }
    return changes;
  }

  #changesOf(key: number, behind: Behind): Change[] {
    const model = this.#model;
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
