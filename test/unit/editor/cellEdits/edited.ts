import { replacementOf, type CellEdit } from '../../../../src/editor/cellEdits/cellEdit.js';
import { cellPlaceIn, type CellPlace } from '../../../../src/editor/cellEdits/cellPlace.js';
import type { CellOptions } from '../../../../src/editor/cells/cellSource.js';
import type { DocumentChange } from '../../../../src/text/documentChange.js';
import { languageNamed } from '../languageNamed.js';
import { marked } from '../marked.js';

interface Options extends CellOptions {
  readonly languageId?: string;
}

/** The text after an edit, with the cursor as `‸` where the edit puts it; undefined if there is nothing to do. */
export function edited(
  withCursor: string,
  command: (place: CellPlace) => CellEdit | undefined,
  { languageId = 'python', ...options }: Options = {},
): string | undefined {
  const { text, selection } = marked(withCursor);
  const place = cellPlaceIn(languageNamed(languageId), text, selection.start, options);
  const edit = place && command(place);
  if (!edit) return undefined;
  const after = changesOf(text, edit).reduce(apply, text);
  if (!edit.cursor) return after;
  const lines = after.split('\n');
  const { line, character } = edit.cursor;
  lines[line] = `${lines[line]?.slice(0, character) ?? 'no line'}‸${lines[line]?.slice(character) ?? ''}`;
  return lines.join('\n');
}

/** As VS Code tells of them: from the end of the text to its beginning. */
export function changesOf(text: string, { changes }: CellEdit): DocumentChange[] {
  const lines = text.split('\n');
  return changes
    .map((change) => replacementOf(change, lines))
    .map(({ start, end, text: inserted }) => ({ range: { start, end }, text: inserted }))
    .reverse();
}

export function apply(source: string, { range: { start, end }, text }: DocumentChange): string {
  const lines = source.split('\n');
  const offset = ({ line, character }: { line: number; character: number }) =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return source.slice(0, offset(start)) + text + source.slice(offset(end));
}
