import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { parseScriptPageMessage } from '../../protocol/scriptPage.js';
import type { FormOf } from '../formFiles.js';
import { outputTitle } from '../outputTitle.js';
import { plotlyMarkup } from './plotlyMarkup.js';
import { scriptPageHtml, type ScriptPage } from './scriptPageHtml.js';

/** In bytes; plotly.min.js has about 5 million. */
const LARGEST_SCRIPT = 20_000_000;

/**
 * Shows the HTML of an output with its scripts in a separate tab, if the user allows it. A hidden tab has no page: its
 * scripts stop, and start again when it is shown.
 */
export class ScriptPages implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #open = new Set<vscode.WebviewPanel>();
  #scripts: Promise<ScriptPage['scripts']> | undefined;
  #openingLink = false;

  constructor(extensionUri: vscode.Uri) {
    this.#extensionUri = extensionUri;
  }

  async run(form: FormOf): Promise<void> {
    const web = await askToRun();
    const markup = web === undefined ? undefined : await markupOf(form);
    if (web === undefined || markup === undefined) return;
    const scripts = await (this.#scripts ??= this.#readScripts());
    const title = outputTitle(form.command);
    const panel = vscode.window.createWebviewPanel('extsession.scripts', title, vscode.ViewColumn.Active, {
      enableScripts: true,
      enableForms: false,
      localResourceRoots: [],
    });
    this.#open.add(panel);
    panel.onDidDispose(() => this.#open.delete(panel));
    panel.webview.onDidReceiveMessage((message: unknown) => void this.#openLink(message));
    panel.webview.html = scriptPageHtml({ markup, web, title, scripts });
  }

  dispose(): void {
    for (const panel of this.#open) panel.dispose();
  }

  async #readScripts(): Promise<ScriptPage['scripts']> {
    return { page: await this.#readScript('page'), frameStart: await this.#readScript('frameStart') };
  }

  async #readScript(name: string): Promise<string> {
    const uri = vscode.Uri.joinPath(this.#extensionUri, 'dist', 'scriptPage', `${name}.js`);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  }

  /** VS Code asks before it opens an address that the user has not trusted, one question at a time. */
  async #openLink(message: unknown): Promise<void> {
    const asked = parseScriptPageMessage(message);
    if (!asked || this.#openingLink) return;
    this.#openingLink = true;
    try {
      await vscode.env.openExternal(vscode.Uri.parse(asked.href));
    } finally {
      this.#openingLink = false;
    }
  }
}

/** Whether the scripts may load from the web; undefined if they must not run. */
async function askToRun(): Promise<boolean | undefined> {
  const run = vscode.l10n.t('Run Scripts');
  const runWithWeb = vscode.l10n.t('Run Scripts and Load from the Web');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Run the scripts of this output?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        'The scripts run in a separate page. They cannot access VS Code, the panel, your files or your session, and they stop when the page is hidden. Nothing loads from the web unless you allow it. Some outputs, such as Altair charts and maps, need that.',
      ),
    },
    run,
    runWithWeb,
  );
  return chosen === undefined ? undefined : chosen === runWithWeb;
}

/**
 * The form as HTML: a Plotly figure with the library that draws it. Undefined, with a message, if that cannot be read.
 */
async function markupOf({ data, plotlyScript }: FormOf): Promise<string | undefined> {
  if (plotlyScript === undefined) return data;
  try {
    return plotlyMarkup(data, await plotlyJs(plotlyScript));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      vscode.l10n.t('plotly.js could not be loaded from {0}. {1}', plotlyScript, reason),
    );
    return undefined;
  }
}

/** The output named the file, so nothing else is read: no other name, no link to another file, no device. */
async function plotlyJs(file: string): Promise<string> {
  const isPlotly = path.basename(file) === 'plotly.min.js' && path.basename(await realpath(file)) === 'plotly.min.js';
  const found = await stat(file);
  if (!isPlotly || !found.isFile() || found.size > LARGEST_SCRIPT)
    throw new Error(vscode.l10n.t('It is not plotly.min.js.'));
  return readFile(file, 'utf8');
}
