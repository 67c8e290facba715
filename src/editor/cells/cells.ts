/** A region of a source file between two markers. Lines count from 0, both ends included; the first holds the marker. */
export interface Cell {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: 'code' | 'markdown' | 'raw';
  /** What the marker says beside what it is; empty when it says nothing more. */
  readonly title: string;
}

/** Lines count from 0. */
export interface CellCode {
  readonly code: string;
  readonly firstLine: number;
}

export interface CellOptions {
  /** A regular expression for the start of a marker, such as `^# ---`; one that is blank or invalid leaves the usual ones. */
  readonly marker?: string;
}

/** What finding cells needs to know of a text. Lines count from 0. */
export interface CellSource {
  readonly lineCount: number;
  lineText(line: number): string;
  /** Lines that are nothing but a comment which begins there. */
  readonly commentLines: readonly number[];
  /** Whether there is code, not only comments, on lines from the first to the last. */
  holdsCode(firstLine: number, lastLine: number): boolean;
  /** What begins a cell as long as the person has no marker of their own. */
  readonly usualMarker: RegExp;
}

/**
 * Finds the cells of a file. A marker is a comment that begins its line; text in a string or inside brackets is none. What
 * stands before the first marker is a cell too when there is code in it; a file without markers has none.
 */
export function findCellsIn(source: CellSource, options: CellOptions): Cell[] {
  const marker = markerPattern(source, options);
  const markers = source.commentLines.flatMap((line) => {
    const text = source.lineText(line);
    const match = marker.exec(text);
    return match ? [{ line, marker: match[0], rest: text.slice(match.index + match[0].length) }] : [];
  });
  const cells = markers.map(({ line, marker, rest }, index): Cell => {
    const endLine = (markers[index + 1]?.line ?? source.lineCount) - 1;
    return { startLine: line, endLine, ...describe(source, line, marker, rest) };
  });
  const first = markers[0]?.line ?? 0;
  if (first === 0 || !source.holdsCode(0, first - 1)) return cells;
  return [{ startLine: 0, endLine: first - 1, kind: 'code', title: '' }, ...cells];
}

/** The lines of a cell that run: without the marker and without blank lines at its ends. Undefined when there is no code in it. */
export function codeOfCellIn(
  source: CellSource,
  { startLine, endLine }: Pick<Cell, 'startLine' | 'endLine'>,
  options: CellOptions,
): Pick<Cell, 'startLine' | 'endLine'> | undefined {
  if (!source.holdsCode(startLine, endLine)) return undefined;
  const isMarker =
    source.commentLines.includes(startLine) && markerPattern(source, options).test(source.lineText(startLine));
  let [first, last] = [isMarker ? startLine + 1 : startLine, endLine];
  while (source.lineText(first).trim() === '') first++;
  while (source.lineText(last).trim() === '') last--;
  return { startLine: first, endLine: last };
}

/** What a new cell below all others begins with; undefined when the person's own marker does not say. */
export function newMarkerIn(source: CellSource, usual: string, options: CellOptions): string | undefined {
  const marker = markerPattern(source, options);
  const last = source.commentLines.map((line) => source.lineText(line)).findLast((text) => marker.test(text)) ?? '';
  const match = marker.exec(last);
  const likeLast = last.slice(0, match ? match.index + match[0].length : 0).trimEnd();
  // Databricks knows no other marker than its own.
  const choices = likeLast.includes('COMMAND') ? [likeLast, usual] : [usual, likeLast];
  return choices.find((text) => text !== '' && marker.test(text));
}

/** Whether a text can be used as the `marker` option. */
export function isValidMarker(marker: string): boolean {
  return regexOf(marker) !== undefined;
}

/** What begins a cell, in a comment that begins its line. */
export function markerPattern({ usualMarker }: CellSource, { marker = '' }: CellOptions): RegExp {
  return (marker.trim() === '' ? undefined : regexOf(marker)) ?? usualMarker;
}

/** With the flag `u`, a backslash before a character that needs none is a mistake: markers of other tools have such. */
function regexOf(text: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(text, flags);
    } catch {
      continue;
    }
  }
  return undefined;
}

function describe(source: CellSource, line: number, marker: string, rest: string): Pick<Cell, 'kind' | 'title'> {
  const type = /\[(markdown|md|raw)\]/i.exec(rest)?.[1]?.toLowerCase();
  const following = textsAfter(source, line);
  // Databricks keeps a cell's title and its language on lines of their own.
  const title = /^# DBTITLE \d+,(.*)/.exec(following[0] ?? '')?.[1];
  const magic = following[title === undefined ? 0 : 1] ?? '';
  const isMarkdown =
    type === 'markdown' || type === 'md' || marker.includes('markdowncell') || /^# MAGIC\s+%md/.test(magic);
  const kind = isMarkdown ? 'markdown' : type === 'raw' ? 'raw' : 'code';
  return { kind, title: (title ?? withoutMetadata(rest)).trim() };
}

/** The next two lines with text. */
function textsAfter(source: CellSource, line: number): string[] {
  const texts: string[] = [];
  for (let next = line + 1; next < source.lineCount && texts.length < 2; next++) {
    const text = source.lineText(next);
    if (text.trim() !== '') texts.push(text);
  }
  return texts;
}

/** Drops the cell's type and the metadata that Jupytext writes behind the title. */
function withoutMetadata(rest: string): string {
  return rest
    .replace(/\s*\[(?:markdown|md|raw|code)\](?:\s+|$)/i, ' ')
    .replace(namedMetadata, '')
    .replace(metadataJson, '')
    .replace(/^[\s:]+/, '');
}

/** Names with values in JSON. Numbers alone, as in `rate=0.1`, are more likely part of the title. */
const namedMetadata =
  /(?:^|\s)(?:[\w.-]+=(?:true|false|null|-?[\d.]+)\s+)*[\w.-]+=["[{].*(?:["\]}\d]|true|false|null)\s*$/;

/** An object in JSON, unless the title says what it is: `x = {"a": 1}`. */
const metadataJson = /(?:^|(?<![=:(,]\s*)\s)\{".*\}\s*$/;
