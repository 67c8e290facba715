import * as vscode from 'vscode';

/** Adds a line of code below the cursor of a Python file that is open. Without one, the code is copied. */
export async function writeCode(code: string): Promise<void> {
  const editor = await pythonEditor();
  if (!editor) {
    await vscode.env.clipboard.writeText(code);
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The code has been copied, because no Python file is open.'),
    );
    return;
  }
  const line = editor.document.lineAt(editor.selection.end.line);
  await editor.edit((edit) => {
    edit.insert(line.range.end, line.isEmptyOrWhitespace ? code : `\n${code}`);
  });
}

/** A visible one, or else one in a tab that the grid may hide. It has the focus then. */
async function pythonEditor(): Promise<vscode.TextEditor | undefined> {
  const visible = vscode.window.visibleTextEditors.find(({ document }) => document.languageId === 'python');
  if (visible) return vscode.window.showTextDocument(visible.document, visible.viewColumn);
  const { activeTabGroup, all } = vscode.window.tabGroups;
  for (const { tabs, viewColumn } of [activeTabGroup, ...all]) {
    for (const { input } of tabs) {
      const uri = input instanceof vscode.TabInputText ? input.uri.toString() : undefined;
      const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri);
      if (document?.languageId === 'python') return vscode.window.showTextDocument(document, viewColumn);
    }
  }
  return undefined;
}
