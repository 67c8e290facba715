import { codeAboveLine, codeFromLine, codeThroughLine } from '../../editor/aroundLine.js';
import { languageOf } from '../../editor/languages.js';
import type { CommandContext } from '../commandContext.js';
import { editorLineOf } from '../editorLine.js';
import { runCode } from './runCode.js';
import { tellNothingToRun } from '../sourceEditor.js';

/** Runs all code above the statement at the cursor as one command. */
export function runToLine(context: CommandContext, argument: unknown): Promise<void> {
  return run(context, argument, codeAboveLine);
}

/** Runs all code above the statement at the cursor, and the statement, as one command. */
export function runThroughLine(context: CommandContext, argument: unknown): Promise<void> {
  return run(context, argument, codeThroughLine);
}

/** Runs the statement at the cursor and all code after it as one command. */
export function runFromLine(context: CommandContext, argument: unknown): Promise<void> {
  return run(context, argument, codeFromLine);
}

async function run(context: CommandContext, argument: unknown, part: typeof codeFromLine): Promise<void> {
  const place = editorLineOf(argument, context.cursors);
  const document = place?.editor.document;
  const language = document && languageOf(document.languageId);
  if (!place || !document || !language) return;
  const piece = part(language, document.getText(), place.line);
  if (piece.code === '') tellNothingToRun();
  else await runCode(context, document, piece);
}
