import { Emitter } from '../../engine/emitter.js';
import { PatternThread } from '../../host/patterns/patternThread.js';

/** Where a marker stands in a line, in UTF-16 code units. */
export interface MarkerSpan {
  readonly from: number;
  readonly to: number;
}

/** Why a marker is not used. */
export type MarkerProblem = 'invalid' | 'slow';

const LONGEST_MARKER = 500;
const LIMIT_MS = 400;

/**
 * The regular expressions that users have set for markers of cells. They may come with a workspace, and run on each of
 * its comments: one that takes too long is not used again in this window.
 */
export class CustomMarkers {
  readonly #limitMs: number;
  readonly #slow = new Set<string>();
  readonly #foundSlow = new Emitter<string>();
  #thread: PatternThread | undefined;

  constructor(limitMs = LIMIT_MS) {
    this.#limitMs = limitMs;
  }

  /** Tells of a marker that has just turned out to be slow. */
  readonly onDidFindSlow = this.#foundSlow.event;

  problemOf(marker: string): MarkerProblem | undefined {
    if (this.#slow.has(marker)) return 'slow';
    return flagsOf(marker) === undefined ? 'invalid' : undefined;
  }

  /** The first match in each text, where there is one; undefined when the marker cannot be used. */
  find(marker: string, texts: readonly string[]): (MarkerSpan | undefined)[] | undefined {
    const flags = this.#slow.has(marker) ? undefined : flagsOf(marker);
    if (flags === undefined) return undefined;
    this.#thread ??= new PatternThread();
    const matches = this.#thread.matchNow({ source: marker, flags, texts, firstOnly: true }, this.#limitMs);
    if (!matches) {
      this.dispose();
      this.#slow.add(marker);
      this.#foundSlow.fire(marker);
    }
    return matches?.map(([from, to]) => (from === undefined || to === undefined ? undefined : { from, to }));
  }

  /** Ends the thread; the next search starts another one. */
  dispose(): void {
    this.#thread?.stop();
    this.#thread = undefined;
  }
}

export const customMarkers = new CustomMarkers();

/** With the flag `u`, a backslash before a character that needs none is a mistake: markers of other tools have such. */
function flagsOf(marker: string): string | undefined {
  if (marker.length > LONGEST_MARKER) return undefined;
  return ['u', ''].find((flags) => isPattern(marker, flags));
}

function isPattern(source: string, flags: string): boolean {
  try {
    new RegExp(source, flags);
    return true;
  } catch {
    return false;
  }
}
