import type { Disposable } from '../engine/disposable.js';
import type { ModelChange } from '../panel/model/modelChange.js';
import { isImage } from '../panel/model/valueForms.js';
import type { CommandEntry, Entry, TextPart } from '../protocol/panelEntries.js';
import type { Form } from '../protocol/panelForms.js';
import type { Plot } from '../protocol/plots.js';

/** Older plots are only in the panel. */
export const MOST_PLOTS = 200;
/** More than a transcript has. Those of a transcript that has not been restored yet are kept, too. */
const MOST_REMOVED = 10 * MOST_PLOTS;
const LONGEST_TITLE = 200;

/** The part of the transcript that a list needs. */
export interface PlotSource {
  onDidChange(listener: (change: ModelChange) => void): Disposable;
  entries(longestData: number): readonly Entry[];
  entry(key: number, longestData: number): Entry | undefined;
}

/** Keeps the ids of plots that the user has removed, across windows. */
export interface RemovedPlots {
  get(): readonly string[];
  set(ids: readonly string[]): void;
}

/** A plot and where it is in the transcript. */
export interface ListedPlot extends Plot {
  readonly key: number;
  readonly part: number;
}

/**
 * The plots of the transcript, all sessions together, newest first. It keeps no data of them: they are in the
 * transcript, and live and are saved with it.
 */
export class PlotList implements Disposable {
  readonly #source: PlotSource;
  readonly #removed: RemovedPlots;
  readonly #subscription: Disposable;
  readonly #byEntry = new Map<number, readonly ListedPlot[]>();
  readonly #stale = new Set<number>();
  #isStale = true;

  /** @param onDidChange called when there may be other plots */
  constructor(source: PlotSource, removed: RemovedPlots, onDidChange: () => void) {
    this.#source = source;
    this.#removed = removed;
    this.#subscription = source.onDidChange((change) => {
      if (this.#note(change)) onDidChange();
    });
  }

  get plots(): readonly ListedPlot[] {
    this.#update();
    const removed = new Set(this.#removed.get());
    const keys = Array.from(this.#byEntry.keys()).sort((one, other) => other - one);
    const all = keys.flatMap((key) => this.#byEntry.get(key)?.toReversed() ?? []);
    return all.filter(({ id }) => !removed.has(id)).slice(0, MOST_PLOTS);
  }

  /** Removes plots from the list; they stay in the panel. */
  remove(ids: readonly string[]): void {
    this.#removed.set([...this.#removed.get(), ...ids].slice(-MOST_REMOVED));
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #note(change: ModelChange): boolean {
    switch (change.type) {
      case 'entry':
      case 'part':
      case 'cleared':
      case 'removed':
        this.#stale.add(change.key);
        return true;
      case 'dropped':
      case 'reset':
        this.#isStale = true;
        return true;
      case 'status':
      case 'command':
      case 'text':
        return false;
    }
  }

  #update(): void {
    if (this.#isStale) {
      this.#byEntry.clear();
      for (const entry of this.#source.entries(0)) this.#put(entry.key, entry);
    } else {
      for (const key of this.#stale) this.#put(key, this.#source.entry(key, 0));
    }
    this.#isStale = false;
    this.#stale.clear();
  }

  #put(key: number, entry: Entry | undefined): void {
    const plots = entry?.type === 'command' ? plotsOf(entry) : [];
    if (plots.length > 0) this.#byEntry.set(key, plots);
    else this.#byEntry.delete(key);
  }
}

function plotsOf({ key, number, source, parts }: CommandEntry): ListedPlot[] {
  const title = source.trimStart().split('\n', 1)[0]?.slice(0, LONGEST_TITLE) ?? '';
  return parts.flatMap((part) => {
    const form = part.type === 'error' ? undefined : plotForm(part);
    return form
      ? [{ id: `${String(key)}/${String(part.id)}`, key, part: part.id, title, command: number, ...form }]
      : [];
  });
}

/** The form of an output that is a plot: its richest image; a chart that only scripts draw has none. */
function plotForm({ forms }: TextPart): Omit<Plot, 'id' | 'title' | 'command'> | undefined {
  const drawn = forms?.drawn ?? [];
  const form =
    drawn.find(({ mime }) => mime === 'image/svg+xml' || isImage(mime)) ?? drawn.find(({ scripts }) => scripts);
  if (!form) return undefined;
  const { mime, size, width, height } = form;
  const obstacle = obstacleOf(form);
  return {
    mime,
    size,
    ...(width === undefined || height === undefined ? {} : { width, height }),
    ...(obstacle ? { obstacle } : {}),
  };
}

function obstacleOf({ lost, scripts, tooBig }: Form): Plot['obstacle'] {
  return lost ? 'lost' : scripts ? 'scripts' : tooBig ? 'large' : undefined;
}
