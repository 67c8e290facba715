import * as vscode from 'vscode';
import { isSet, onDidChangeSetting, setting } from '../../host/settings.js';
import type { Cell } from './cells.js';
import { cellsIn } from './documentCells.js';
import { languageIds } from '../languages.js';

/** The CodeLens actions that can appear above a cell. */
const lenses = {
  runCell: () => vscode.l10n.t('Run Cell'),
  debugCell: () => vscode.l10n.t('Debug Cell'),
  runCellAndAdvance: () => vscode.l10n.t('Run and Advance'),
  runCellsAbove: () => vscode.l10n.t('Run Above'),
  runCellAndBelow: () => vscode.l10n.t('Run Below'),
  runAll: () => vscode.l10n.t('Run All'),
} as const;

type LensName = keyof typeof lenses;

/** Which code has stopped in the debugger. */
export interface PausedCode {
  readonly onDidChange: vscode.Event<void>;
  /** The first lines of the code, counted from 0. */
  linesIn(document: vscode.TextDocument): readonly number[];
}

/**
 * Shows the CodeLens actions from the setting `cells.codeLens` above each cell, and those of the debugger above a cell
 * that has stopped in it.
 */
export function registerCellLenses(paused: PausedCode): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    paused.onDidChange(() => changed.fire()),
    onDidChangeSetting('cells', () => changed.fire()),
    vscode.extensions.onDidChange(() => changed.fire()),
    vscode.languages.registerCodeLensProvider([...languageIds], {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) => lensesOf(document, paused.linesIn(document)),
    }),
  );
}

function lensesOf(document: vscode.TextDocument, pausedLines: readonly number[]): vscode.CodeLens[] {
  const names = namesFor(document);
  if (names.length === 0) return [];
  const uri = document.uri.toString();
  return cellsIn(document).flatMap((cell, index) => {
    if (pausedLines.some((line) => line >= cell.startLine && line <= cell.endLine)) return debuggerLenses(cell);
    return names
      .filter((name) => cell.kind !== 'raw' || name === 'runAll')
      .filter((name) => name !== 'runCellsAbove' || index > 0)
      .filter((name) => name !== 'debugCell' || cell.kind === 'code')
      .map((name) => {
        const range = new vscode.Range(cell.startLine, 0, cell.startLine, 0);
        const command = `extsession.${name}`;
        return new vscode.CodeLens(range, {
          title: lenses[name](),
          command,
          arguments: [{ uri, line: cell.startLine }],
        });
      });
  });
}

/** VS Code's own actions, for the debug session that has the focus. */
function debuggerLenses({ startLine }: Cell): vscode.CodeLens[] {
  const actions = {
    continue: vscode.l10n.t('Continue'),
    stepOver: vscode.l10n.t('Step Over'),
    stop: vscode.l10n.t('Stop'),
  };
  return Object.entries(actions).map(([name, title]) => {
    const range = new vscode.Range(startLine, 0, startLine, 0);
    return new vscode.CodeLens(range, { title, command: `workbench.action.debug.${name}` });
  });
}

/** The Jupyter extension has its own CodeLens actions, so ours only appear next to them if the user asks for them. */
function namesFor(document: vscode.TextDocument): readonly LensName[] {
  if (vscode.extensions.getExtension('ms-toolsai.jupyter') && !isSet('cells.codeLens', document.uri)) return [];
  return setting('cells.codeLens', document.uri).filter((name): name is LensName => Object.hasOwn(lenses, name));
}
