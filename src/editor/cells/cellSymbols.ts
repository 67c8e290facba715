import * as vscode from 'vscode';
import { onDidChangeSetting, setting } from '../../host/settings.js';
import type { OutlinedCell } from './cellOutline.js';
import { cellOptions, cellsIn } from './documentCells.js';
import { languageIds, languageOf } from '../languages.js';

/** Adds cells to the Outline view, breadcrumbs and Go to Symbol, next to the symbols of other extensions. */
export function registerCellSymbols(): vscode.Disposable {
  let registered = register();
  return vscode.Disposable.from(
    // VS Code has no event for changed symbols, but asks again when a provider is registered.
    onDidChangeSetting('cells', () => {
      registered.dispose();
      registered = register();
    }),
    { dispose: () => void registered.dispose() },
  );
}

function register(): vscode.Disposable {
  return vscode.languages.registerDocumentSymbolProvider(
    [...languageIds],
    { provideDocumentSymbols: symbolsOf },
    { label: vscode.l10n.t('ExtSession Cells') },
  );
}

function symbolsOf(document: vscode.TextDocument): vscode.DocumentSymbol[] | undefined {
  const cells = setting('cells.outline', document.uri) ? cellsIn(document) : [];
  if (cells.length === 0) return undefined;
  const outlined = languageOf(document.languageId)?.outlineCells(document.getText(), cells, cellOptions(document));
  return outlined?.map((cell) => symbolOf(document, cell));
}

function symbolOf(document: vscode.TextDocument, cell: OutlinedCell): vscode.DocumentSymbol {
  const { range: marker } = document.lineAt(cell.startLine);
  const symbol = new vscode.DocumentSymbol(
    cell.name || vscode.l10n.t('Cell'),
    '',
    // VS Code uses the kind 'String' for Markdown headings.
    cell.kind === 'code' ? vscode.SymbolKind.Module : vscode.SymbolKind.String,
    new vscode.Range(marker.start, document.lineAt(cell.endLine).range.end),
    marker,
  );
  symbol.children = cell.children.map((child) => symbolOf(document, child));
  return symbol;
}
