import { performance } from 'node:perf_hooks';
import { findPattern, spansOf, type FindQuery, type Span } from '../../protocol/findQuery.js';
import { MOST_ELSEWHERE, type FoundElsewhere, type OutputPlace } from '../../protocol/panel.js';
import { TimedRun } from './timedRun.js';
import type { PanelModel } from '../model/panelModel.js';
import type { UnkeptLine } from '../terminal/unkeptLines.js';
import { stripEscapes } from '../terminal/stripEscapes.js';

export interface SearchLimits {
  /** The time between two pauses in which the extension host can do other work. */
  readonly sliceMs: number;
  /** The maximum time for the search of a line, or of a batch of lines. */
  readonly hangMs: number;
  /** The maximum time of all slices together. */
  readonly totalMs: number;
  readonly matches: number;
}

const usualLimits: SearchLimits = { sliceMs: 10, hangMs: 100, totalMs: 2000, matches: MOST_ELSEWHERE };

export type Found = Omit<FoundElsewhere, 'type' | 'request'>;
type FoundCommand = Found['commands'][number];

/** Searches the output of the shown commands that the panel does not keep, one query at a time. */
export class OutputSearch {
  readonly #model: Pick<PanelModel, 'shownRecords' | 'firstKey'>;
  readonly #limits: SearchLimits;

  #running = new AbortController();

  constructor(model: Pick<PanelModel, 'shownRecords' | 'firstKey'>, limits: SearchLimits = usualLimits) {
    this.#model = model;
    this.#limits = limits;
  }

  /** The matches, or undefined if another search started or none is wanted any more. */
  async run(query: FindQuery): Promise<Found | undefined> {
    this.stop();
    const { signal } = (this.#running = new AbortController());
    const pattern = findPattern(query);
    const slices = new Slices(this.#limits, signal);
    const matcher = new Matcher(pattern ?? /(?!)/u, query.regex ? new TimedRun() : undefined, this.#limits);
    const records = pattern ? this.#model.shownRecords() : [];
    const commands: FoundCommand[] = [];
    for (const { key, unkept } of records) {
      for (const lines of unkept ?? []) {
        await matcher.search(lines, slices);
        await slices.pauseSometimes();
        if (slices.areOver || matcher.isFull) break;
      }
      if (signal.aborted) return undefined;
      const command = matcher.take();
      if (command) commands.push({ key, ...command });
      await slices.pauseSometimes();
      if (slices.areOver || matcher.isFull) break;
    }
    if (signal.aborted) return undefined;
    return { commands, since: this.#model.firstKey, isAll: matcher.isAll && !slices.areOver && !matcher.isFull };
  }

  stop(): void {
    this.#running.abort();
  }
}

/** Divides the work so that nothing else waits for it. */
class Slices {
  readonly #limits: SearchLimits;
  readonly #signal: AbortSignal;

  #began = performance.now();
  #spent = 0;

  constructor(limits: SearchLimits, signal: AbortSignal) {
    this.#limits = limits;
    this.#signal = signal;
  }

  /** Whether the time is used up. */
  get areOver(): boolean {
    return this.#signal.aborted || this.#spent >= this.#limits.totalMs;
  }

  async pauseSometimes(): Promise<void> {
    const took = performance.now() - this.#began;
    if (took < this.#limits.sliceMs) return;
    this.#spent += took;
    await new Promise((resolve) => setImmediate(resolve));
    this.#began = performance.now();
  }
}

/** Counts the matches of a command, and keeps the position of the first one. */
class Matcher {
  #left: number;
  readonly #pattern: RegExp;
  readonly #limited: TimedRun | undefined;
  readonly #limits: SearchLimits;

  #count = 0;
  #first: OutputPlace | undefined;
  #isAll = true;

  /** Without `limited`, the pattern must be one that is never slow. */
  constructor(pattern: RegExp, limited: TimedRun | undefined, limits: SearchLimits) {
    this.#pattern = pattern;
    this.#limited = limited;
    this.#limits = limits;
    this.#left = limits.matches;
  }

  get isFull(): boolean {
    return this.#left === 0;
  }

  /** Whether nothing was skipped. */
  get isAll(): boolean {
    return this.#isAll;
  }

  /** Returns the matches of the command that was searched, and starts with the next one. */
  take(): Omit<FoundCommand, 'key'> | undefined {
    const found = this.#first && { count: this.#count, first: this.#first };
    this.#count = 0;
    this.#first = undefined;
    return found;
  }

  /** Skips lines on which the pattern takes too long. */
  async search(lines: readonly UnkeptLine[], slices: Slices): Promise<void> {
    let at = 0;
    const searchOn = (): void => {
      for (let line = lines[at]; line && !this.isFull; line = lines[++at]) this.#searchLine(line);
    };
    while (at < lines.length && !this.isFull && !slices.areOver) {
      const before = at;
      if (!this.#limited) searchOn();
      else if (!this.#limited.run(searchOn, this.#limits.hangMs) && at === before) {
        this.#isAll = false;
        at += 1;
      }
      await slices.pauseSometimes();
    }
  }

  #searchLine(line: UnkeptLine): void {
    if (line.isCut) this.#isAll = false;
    const isThere = this.#pattern.test(line.text);
    this.#pattern.lastIndex = 0;
    if (!isThere) return;
    const spans = [...spansOf(this.#pattern, line.text)].filter(({ to }) => to > (line.from ?? 0)).slice(0, this.#left);
    this.#left -= spans.length;
    this.#count += spans.length;
    const [first] = spans;
    if (first) this.#first ??= placeOf(line, first);
  }
}

/**
 * The position of a match. If text was overwritten, the matching text might not exist in the document; then the
 * position is its line.
 */
function placeOf({ text, source }: UnkeptLine, { from, to }: Span): OutputPlace {
  const written = stripEscapes(source.text);
  const column = written.startsWith(text) ? from : written.indexOf(text.slice(from, to));
  const { line } = source;
  if (column < 0) return { line, column: source.column, length: 0 };
  return { line, column: source.column + column, length: to - from };
}
