import type * as vscode from 'vscode';
import { setting } from '../../host/settings.js';
import type { Cell } from './cells.js';
import type { CellFormat, CellOptions } from './cellSource.js';
import { languageOf } from '../languages.js';

interface Found {
  readonly version: number;
  readonly marker: string;
  readonly format: CellFormat;
  readonly cells: readonly Cell[];
}

const found = new WeakMap<vscode.TextDocument, Found>();

/** The cells of the current version of a document, or none if no session can run its language. Cached per version. */
export function cellsIn(document: vscode.TextDocument): readonly Cell[] {
  const language = languageOf(document.languageId);
  if (!language) return [];
  const options = cellOptions(document);
  const known = found.get(document);
  const isCurrent = known?.marker === options.marker && known.format === options.format;
  if (isCurrent && known.version === document.version) return known.cells;
  const cells = language.findCells(document.getText(), options);
  found.set(document, { version: document.version, ...options, cells });
  return cells;
}

export function cellOptions(document: vscode.TextDocument): Required<CellOptions> {
  return { marker: setting('cells.marker', document), format: setting('cells.format', document) };
}
