import type * as vscode from 'vscode';
import type { Cell } from '../../editor/cells/cells.js';
import { cellOptions } from '../../editor/cells/documentCells.js';
import { languageOf } from '../../editor/languages.js';
import type { DocumentPiece } from './runCode.js';

/** What there is to run or to show of a cell, if anything. */
export function pieceOfCell(document: vscode.TextDocument, cell: Cell): DocumentPiece | undefined {
  const language = languageOf(document.languageId);
  if (!language || cell.kind === 'raw') return undefined;
  const [text, options] = [document.getText(), cellOptions(document)];
  if (cell.kind === 'markdown') {
    const markdown = language.markdownOfCell(text, cell, options);
    return markdown === '' ? undefined : { markdown, firstLine: cell.startLine, lastLine: cell.endLine };
  }
  const content = language.codeOfCell(text, cell, options);
  return content.code === '' ? undefined : content;
}
