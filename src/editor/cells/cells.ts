/** A region of a source file between two markers. Lines count from 0, both ends included; the first holds the marker. */
export interface Cell {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: 'code' | 'markdown' | 'raw';
  /** The text of the marker after the sign that makes it a marker, or empty. */
  readonly title: string;
}

/** Lines count from 0. */
export interface CellCode {
  readonly code: string;
  readonly firstLine: number;
}

export interface CellOptions {
  /**
   * A regular expression for the start of a marker, such as `^# ---`. If it is blank or invalid, the default markers
   * are used.
   */
  readonly marker?: string;
}

/** The information about a text that is needed to find its cells. Lines count from 0. */
export interface CellSource {
  readonly lineCount: number;
  lineText(line: number): string;
  /** Lines that only contain a comment, which starts there. */
  readonly commentLines: readonly number[];
  /** Whether the lines from the first to the last contain code, and not only comments. */
  holdsCode(firstLine: number, lastLine: number): boolean;
  /** Matches the start of a cell if the user has not set a marker. */
  readonly usualMarker: RegExp;
}

/**
 * Finds the cells of a file. A marker is a comment at the start of a line, not inside a string or brackets. Code before
 * the first marker is also a cell. A file without markers has no cells.
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

/**
 * The lines of a cell to run: without the marker and without leading or trailing blank lines. Undefined if there is no
 * code.
 */
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

/** The marker of a new cell at the end of the file, or undefined if it cannot be derived from the user's own marker. */
export function newMarkerIn(source: CellSource, usual: string, options: CellOptions): string | undefined {
  const marker = markerPattern(source, options);
  const last = source.commentLines.map((line) => source.lineText(line)).findLast((text) => marker.test(text)) ?? '';
  const match = marker.exec(last);
  const likeLast = last.slice(0, match ? match.index + match[0].length : 0).trimEnd();
  // Databricks only knows its own marker.
  const choices = likeLast.includes('COMMAND') ? [likeLast, usual] : [usual, likeLast];
  return choices.find((text) => text !== '' && marker.test(text));
}

/** Whether a text can be used as the `marker` option. */
export function isValidMarker(marker: string): boolean {
  return regexOf(marker) !== undefined;
}

/** Matches a comment at the start of a line that starts a cell. */
export function markerPattern({ usualMarker }: CellSource, { marker = '' }: CellOptions): RegExp {
  return (marker.trim() === '' ? undefined : regexOf(marker)) ?? usualMarker;
}

/**
 * Tries without the `u` flag too: with it, an unnecessary backslash is an error, and markers of other tools contain
 * such.
 */
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
  // Databricks keeps the title and the language of a cell on separate lines.
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

/** Removes the cell type and the metadata that Jupytext writes after the title. */
function withoutMetadata(rest: string): string {
  return rest
    .replace(/\s*\[(?:markdown|md|raw|code)\](?:\s+|$)/i, ' ')
    .replace(namedMetadata, '')
    .replace(metadataJson, '')
    .replace(/^[\s:]+/, '');
}

/** Names with JSON values. A bare number, as in `rate=0.1`, is more likely part of the title. */
const namedMetadata =
  /(?:^|\s)(?:[\w.-]+=(?:true|false|null|-?[\d.]+)\s+)*[\w.-]+=["[{].*(?:["\]}\d]|true|false|null)\s*$/;

/** A JSON object, unless it belongs to the title, as in `x = {"a": 1}`. */
const metadataJson = /(?:^|(?<![=:(,]\s*)\s)\{".*\}\s*$/;
