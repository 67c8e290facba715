import { languageOf } from '../editor/languages.js';
import type { CommandContext } from './commandContext.js';
import { runCode } from './runCode.js';
import { sourceEditor, tellNothingToRun } from './sourceEditor.js';

/**
 * Runs the selection, or the statement at the cursor and moves on to the next one.
 *
 * @param options from a key binding: `{ "advance": false }` leaves the cursor where it is
 */
export async function runSelection(context: CommandContext, options: unknown): Promise<void> {
  const editor = sourceEditor();
  const language = editor && languageOf(editor.document.languageId);
  if (!language) return;
  const { document } = editor;
  const selection = context.cursors.selectionOf(editor);
  const { code, firstLine, nextLine } = language.codeToRun(document.getText(), selection);
  if (code === '') {
    tellNothingToRun();
    return;
  }
  const advance = (options as { readonly advance?: unknown } | undefined)?.advance !== false;
  if (selection.isEmpty && advance) context.cursors.moveTo(editor, nextLine);
  await runCode(context, document, { code, firstLine });
}
