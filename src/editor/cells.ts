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
  /** A regular expression for the start of a marker, such as `^# ---`; one that is empty or invalid leaves the usual ones. */
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
  const marker = compileMarker(source, options.marker);
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
    source.commentLines.includes(startLine) && compileMarker(source, options.marker).test(source.lineText(startLine));
  let [first, last] = [isMarker ? startLine + 1 : startLine, endLine];
  while (source.lineText(first).trim() === '') first++;
  while (source.lineText(last).trim() === '') last--;
  return { startLine: first, endLine: last };
}

/** Whether a text can be used as the `marker` option. */
export function isValidMarker(marker: string): boolean {
  try {
    return new RegExp(marker, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

function compileMarker({ usualMarker }: CellSource, marker = ''): RegExp {
  return marker !== '' && isValidMarker(marker) ? new RegExp(marker, 'u') : usualMarker;
}

function describe(source: CellSource, line: number, marker: string, rest: string): Pick<Cell, 'kind' | 'title'> {
  const following = line + 1 < source.lineCount ? source.lineText(line + 1) : '';
  const type = /\[(markdown|md|raw)\]/i.exec(rest)?.[1]?.toLowerCase();
  const isMarkdown =
    type === 'markdown' || type === 'md' || marker.includes('markdowncell') || /^# MAGIC\s+%md/.test(following);
  // Databricks keeps a cell's title on a line of its own.
  const title = /^# DBTITLE \d+,(.*)/.exec(following)?.[1] ?? withoutMetadata(rest);
  return { kind: isMarkdown ? 'markdown' : type === 'raw' ? 'raw' : 'code', title: title.trim() };
}

/** Drops the cell's type and the metadata that Jupytext writes behind the title. */
function withoutMetadata(rest: string): string {
  return rest
    .replace(/\[(?:markdown|md|raw|code)\]/i, ' ')
    .replace(/(?:^|\s)(?:\{".*\}|[\w.-]+=(?:"|\[|\{|true|false|null|\d).*)$/, '')
    .replace(/^[\s:]+/, '');
}
