import type * as vscode from 'vscode';
import { setting } from '../../host/settings.js';
import type { Cell } from './cells.js';
import { languageOf } from '../languages.js';

interface Found {
  readonly version: number;
  readonly marker: string;
  readonly cells: readonly Cell[];
}

const found = new WeakMap<vscode.TextDocument, Found>();

/** The cells of the current version of a document, or none if no session can run its language. Cached per version. */
export function cellsIn(document: vscode.TextDocument): readonly Cell[] {
  const language = languageOf(document.languageId);
  if (!language) return [];
  const { marker } = cellOptions(document);
  const known = found.get(document);
  if (known?.version === document.version && known.marker === marker) return known.cells;
  const cells = language.findCells(document.getText(), { marker });
  found.set(document, { version: document.version, marker, cells });
  return cells;
}

export function cellOptions(document: vscode.TextDocument): { readonly marker: string } {
  return { marker: setting('cells.marker', document) };
}
