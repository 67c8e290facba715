import * as vscode from 'vscode';
import { setting } from '../../host/settings.js';
import { cellsIn } from './documentCells.js';
import { languageIds, languageOf } from '../languages.js';

/** Provides folding for files with cells. Other files are left to VS Code and other extensions. */
export function registerFoldingRanges(): vscode.Disposable {
  return vscode.languages.registerFoldingRangeProvider([...languageIds], {
    provideFoldingRanges(document) {
      const cells = setting('cells.folding', document.uri) ? cellsIn(document) : [];
      if (cells.length === 0) return undefined;
      return languageOf(document.languageId)
        ?.findFolds(document.getText(), cells)
        .map(
          ({ startLine, endLine, isRegion }) =>
            new vscode.FoldingRange(startLine, endLine, isRegion && vscode.FoldingRangeKind.Region),
        );
    },
  });
}
