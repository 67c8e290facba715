import type { CellMarker } from './cellMarkers.js';
import type { CellSource } from './cellSource.js';

/** What a cell is, by its marker. */
export interface CellHeading {
  readonly kind: 'code' | 'markdown' | 'raw';
  /** The text of the marker after the sign that makes it a marker, or empty. */
  readonly title: string;
}

/** The kind and the title that a marker tells of. */
export function headingOf(source: CellSource, { line, text, rest }: CellMarker): CellHeading {
  const [, inBrackets, inPyCharm] = /\[(markdown|md|raw)\]|^\s*(md|raw)\s*(?:\{.*)?$/i.exec(rest) ?? [];
  const type = /\sactive=""/.test(rest) ? 'raw' : (inBrackets ?? inPyCharm)?.toLowerCase(); // Jupytext's light format
  const following = textsAfter(source, line);
  // Databricks keeps the title and the language of a cell on separate lines.
  const title = /^(?:#|\/\/) DBTITLE \d+,(.*)/.exec(following[0] ?? '')?.[1];
  const magic = following[title === undefined ? 0 : 1] ?? '';
  const isMarkdown =
    type === 'markdown' || type === 'md' || text.includes('markdowncell') || /^(?:#|\/\/) MAGIC\s+%md/.test(magic);
  const kind = isMarkdown ? 'markdown' : type === 'raw' ? 'raw' : 'code';
  return { kind, title: (title ?? (inPyCharm ? '' : withoutMetadata(rest))).trim() };
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
    .replace(/\s*\[(?:markdown|md|raw|code)\](?:\s+|(?=:)|$)/i, ' ')
    .replace(namedMetadata, '')
    .replace(metadataJson, '')
    .replace(/^[\s:]+/, '');
}

/** Names with JSON values. A bare number, as in `rate=0.1`, is more likely part of the title. */
const namedMetadata =
  /(?:^|\s)(?:[\w.-]+=(?:true|false|null|-?[\d.]+)\s+)*[\w.-]+=(?:["[{].*(?:["\]}\d]|true|false|null)|true|false|null)\s*$/;

/** A JSON object, unless it belongs to the title, as in `x = {"a": 1}`. */
const metadataJson = /(?:^|(?<![=:(,]\s*)\s)\{".*\}\s*$/;
