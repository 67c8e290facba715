import { cellIndexAt } from '../editor/cells/cells.js';
import { cellsIn } from '../editor/cells/documentCells.js';
import type { CommandContext } from './commandContext.js';
import type { Cursors } from './cursors.js';
import { sourceEditor } from './sourceEditor.js';

/** Moves the cursor to the next cell's marker, unless it is in the last cell. */
export function goToNextCell({ cursors }: CommandContext): void {
  go(cursors, 1);
}

/** Moves the cursor to the previous cell's marker, unless it is in the first cell. */
export function goToPreviousCell({ cursors }: CommandContext): void {
  go(cursors, -1);
}

function go(cursors: Cursors, step: 1 | -1): void {
  const editor = sourceEditor();
  if (!editor) return;
  const cells = cellsIn(editor.document);
  const { line } = cursors.selectionOf(editor).active;
  const index = cellIndexAt(cells, line);
  const isAboveAll = (cells[index]?.startLine ?? 0) > line;
  const target = cells[isAboveAll && step === 1 ? index : index + step];
  if (target) cursors.moveTo(editor, target.startLine);
}
