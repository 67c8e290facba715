import * as l10n from '@vscode/l10n';
import type { NoticeAction } from '../../host/notice.js';
import { sessionOf, type Entry, type Part } from '../../protocol/panelEntries.js';
import type { DrawnType } from '../../protocol/panelForms.js';
import type { RepeatableCommand } from '../panelActions.js';
import { formsOf } from './entryParts.js';
import type { TimedOutput } from '../terminal/onTime.js';
import { partOutputs, textOf } from './partOutputs.js';

/** An entry of the transcript in the model. */
export interface TranscriptEntry {
  readonly key: number;
  /** Whether the entry is not finished yet; such an entry is never removed. */
  readonly live: boolean;
  /** Whether it is a file that runs, or ran, in a process of its own in this window. */
  readonly isRun: boolean;
  /** The approximate size of its content. */
  readonly characters: number;
  /** The session that ran it, or that it is about; undefined if it belongs to all of them. */
  readonly session: string | undefined;
  /** The number of a command in its process. */
  readonly number: number | undefined;
  readonly command: RepeatableCommand | undefined;
  readonly fullOutput: string | undefined;
  /** The output of a command as data, as far as it is kept. */
  readonly outputs: Iterable<TimedOutput>;
  readonly actions: readonly NoticeAction[];
  /** Returns the entry. Forms of its values include data of up to `longestData` characters. */
  entry(longestData?: number): Entry;
  /** Whether the entries of that session above this one belong to an earlier process. */
  divides(session: string): boolean;
  form(part: number, mime: DrawnType): string | undefined;
  dispose(): void;
}

/** A divider, a notice, or a command of an earlier window, none of which change. */
export class StaticEntry implements TranscriptEntry {
  readonly #settled: Entry;

  readonly key: number;
  readonly live = false;
  readonly isRun = false;
  readonly characters: number;

  constructor(
    settled: Entry,
    readonly actions: readonly NoticeAction[] = [],
  ) {
    this.#settled = settled;
    this.key = settled.key;
    this.characters = JSON.stringify(settled).length;
  }

  get session(): string | undefined {
    return sessionOf(this.#settled);
  }

  get number(): number | undefined {
    return this.#settled.type === 'command' ? this.#settled.number : undefined;
  }

  get command(): RepeatableCommand | undefined {
    if (this.#settled.type !== 'command') return undefined;
    const { source, languageId, origin, isStart, isRun, isText, session } = this.#settled;
    if (isRun || isText || (isStart && source === '')) return undefined;
    return { source, languageId, ...(origin ? { origin } : {}), ...(session === undefined ? {} : { session }) };
  }

  get fullOutput(): string | undefined {
    return this.#settled.type === 'command' ? this.#settled.parts.map(keptText).join('') : undefined;
  }

  get outputs(): Iterable<TimedOutput> {
    return this.#settled.type === 'command' ? partOutputs(this.#settled.parts, gapText) : [];
  }

  entry(): Entry {
    return this.#settled;
  }

  divides(session: string): boolean {
    if (this.#settled.type !== 'divider' || this.#settled.kind === 'continued') return false;
    return (this.session ?? session) === session;
  }

  form(part: number, mime: DrawnType): string | undefined {
    return formsOf(this.#settled, part).find((form) => form.mime === mime)?.data;
  }

  dispose(): void {
    // There is nothing to dispose.
  }
}

function keptText(part: Part): string {
  if (part.type === 'error') return `${part.traceback ?? `${part.name}: ${part.message}`}\n`;
  return `${textOf(part.text, gapText)}\n`;
}

function gapText(lines: number): string {
  return lines === 1 ? l10n.t('[1 line was not kept]') : l10n.t('[{0} lines were not kept]', lines);
}
