import * as vscode from 'vscode';

/** Adds a line of code below the cursor of a visible editor of Python. Without one, the code is copied. */
export async function writeCode(code: string): Promise<void> {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.languageId === 'python');
  if (!editor) {
    await vscode.env.clipboard.writeText(code);
    void vscode.window.showInformationMessage(vscode.l10n.t('The code has been copied. No Python file is visible.'));
    return;
  }
  const { document, selection } = editor;
  const line = document.lineAt(selection.end.line);
  await editor.edit((edit) => {
    edit.insert(line.range.end, line.isEmptyOrWhitespace ? code : `\n${code}`);
  });
  await vscode.window.showTextDocument(document, editor.viewColumn);
}
