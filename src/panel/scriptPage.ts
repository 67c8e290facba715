import * as vscode from 'vscode';
import type { FormOf } from './formFiles.js';
import { scriptPageHtml } from './scriptPageHtml.js';

/**
 * HTML of an output with its scripts, in a page of its own, once the person has allowed it: a webview of another origin
 * than the panel's, which knows neither the panel nor a file, and whose messages nobody reads.
 */
export class ScriptPages implements vscode.Disposable {
  readonly #open = new Set<vscode.WebviewPanel>();

  async run({ command, data }: FormOf): Promise<void> {
    const run = vscode.l10n.t('Run Scripts');
    const runWithWeb = vscode.l10n.t('Run Scripts and Load from the Web');
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t('Run the scripts of this output?'),
      {
        modal: true,
        detail: vscode.l10n.t(
          'They run in a page of their own, away from the panel, your files and your session. Charts of Plotly and Altair load their libraries from the web.',
        ),
      },
      run,
      runWithWeb,
    );
    if (chosen === undefined) return;
    const panel = vscode.window.createWebviewPanel(
      'extsession.scripts',
      vscode.l10n.t('Output of {0}', command),
      vscode.ViewColumn.Active,
      { enableScripts: true, enableForms: false, localResourceRoots: [], retainContextWhenHidden: true },
    );
    this.#open.add(panel);
    panel.onDidDispose(() => this.#open.delete(panel));
    panel.webview.html = scriptPageHtml(data, { web: chosen === runWithWeb });
  }

  dispose(): void {
    for (const panel of this.#open) panel.dispose();
  }
}
