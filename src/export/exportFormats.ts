import * as vscode from 'vscode';
import { withoutOutputs, type Sheet } from './sheet.js';
import { writeMarkdown } from './writeMarkdown.js';
import { writeNotebook } from './writeNotebook.js';
import { writePage, type PageOptions } from './writePage.js';
import { writeScript } from './writeScript.js';

/** A kind of file that a sheet can be written as. */
export interface ExportFormat {
  readonly label: string;
  readonly extension: string;
  readonly hasOutputs: boolean;
  write(sheet: Sheet, options: Pick<PageOptions, 'title' | 'draw'>): Promise<string> | string;
}

/** What users can choose from, those with outputs first. */
export function exportFormats({ language }: Sheet): ExportFormat[] {
  const both: Omit<ExportFormat, 'hasOutputs'>[] = [
    { label: vscode.l10n.t('Jupyter Notebook'), extension: 'ipynb', write: writeNotebook },
    {
      label: vscode.l10n.t('HTML Page'),
      extension: 'html',
      write: (sheet, options) => writePage(sheet, { ...options, detail: new Date().toLocaleString() }),
    },
    { label: vscode.l10n.t('Markdown'), extension: 'md', write: writeMarkdown },
  ];
  const scripts = {
    python: { label: vscode.l10n.t('Python Script with Cells'), extension: 'py' },
    javascript: { label: vscode.l10n.t('JavaScript File with Cells'), extension: 'js' },
    typescript: { label: vscode.l10n.t('TypeScript File with Cells'), extension: 'ts' },
  };
  return [
    ...both.map((format) => ({ ...format, hasOutputs: true })),
    ...[...both, { ...scripts[language], write: writeScript }].map((format) => ({
      ...format,
      hasOutputs: false,
      write: (sheet: Sheet, options: Pick<PageOptions, 'title' | 'draw'>) =>
        format.write(withoutOutputs(sheet), options),
    })),
  ];
}

/** The extension, and what tells it from the same format with outputs while a filter hides the separators. */
function described({ label, extension, hasOutputs }: ExportFormat, all: readonly ExportFormat[]): string {
  const isAlone = all.filter((format) => format.label === label).length === 1;
  return hasOutputs || isAlone ? `.${extension}` : vscode.l10n.t('.{0}, without outputs', extension);
}

/** Asks which format to use; undefined if the user chooses none. */
export async function chooseFormat(sheet: Sheet): Promise<ExportFormat | undefined> {
  const formats = exportFormats(sheet);
  const items = [true, false].flatMap((hasOutputs) => [
    {
      label: hasOutputs ? vscode.l10n.t('With Outputs') : vscode.l10n.t('Without Outputs'),
      kind: vscode.QuickPickItemKind.Separator,
    },
    ...formats
      .filter((format) => format.hasOutputs === hasOutputs)
      .map((format) => ({ label: format.label, description: described(format, formats), format })),
  ]);
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Export As'),
    placeHolder: vscode.l10n.t('Choose a format'),
  });
  return chosen && 'format' in chosen ? chosen.format : undefined;
}
