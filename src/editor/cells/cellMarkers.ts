import type { CellOptions, CellSource } from './cellSource.js';
import { customMarkers, type MarkerSpan } from './customMarkers.js';

/** The marker of a cell, in the line that it begins. */
export interface CellMarker {
  readonly line: number;
  readonly text: string;
  /** The line up to the marker's end, and what follows it. */
  readonly lead: string;
  readonly rest: string;
}

/** What follows in a line is no marker, nor a title that anybody reads. */
const LONGEST_LINE = 1000;

/** The markers that stand in these lines, which are comments. */
export function markersIn(source: CellSource, lines: readonly number[], options: CellOptions): CellMarker[] {
  const texts = lines.map((line) => source.lineText(line).slice(0, LONGEST_LINE));
  const spans = findMarkers(texts, source, options);
  return lines.flatMap((line, index) => {
    const [text, span] = [texts[index], spans[index]];
    if (text === undefined || !span) return [];
    return { line, text: text.slice(span.from, span.to), lead: text.slice(0, span.to), rest: text.slice(span.to) };
  });
}

/** Whether a comment begins a cell. */
export function isMarker(text: string, source: CellSource, options: CellOptions): boolean {
  return findMarkers([text], source, options)[0] !== undefined;
}

function findMarkers(
  texts: readonly string[],
  { usualMarker }: CellSource,
  { marker = '' }: CellOptions,
): readonly (MarkerSpan | undefined)[] {
  const custom = marker.trim() === '' || texts.length === 0 ? undefined : customMarkers.find(marker, texts);
  return custom ?? texts.map((text) => spanOf(usualMarker.exec(text)));
}

function spanOf(match: RegExpExecArray | null): MarkerSpan | undefined {
  return match ? { from: match.index, to: match.index + match[0].length } : undefined;
}
