import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import * as v from 'valibot';
import { panelHtml } from './panelHtml.js';

/** The files that each page imports before it shows anything. The build lists them. */
const importsOfPages = v.record(v.string(), v.array(v.string()));

/**
 * Shows a page of the extension in a webview. The page may load nothing but the extension's own files.
 *
 * @param name of the page's script and style sheet in `dist/panel`, without the extension
 * @param otherFolders folders of the extension that the page may load from as well
 */
export function showPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  name: string,
  otherFolders: readonly (readonly string[])[] = [],
): void {
  const inExtension = (...path: readonly string[]): vscode.Uri => vscode.Uri.joinPath(extensionUri, ...path);
  webview.options = {
    enableScripts: true,
    enableForms: false,
    localResourceRoots: [['dist', 'panel'], ...otherFolders].map((path) => inExtension(...path)),
  };
  const resource = (file: string): string => webview.asWebviewUri(inExtension('dist', 'panel', file)).toString();
  const listed = readFileSync(inExtension('dist', 'panel', 'imports.json').fsPath, 'utf8');
  const imports = v.parse(importsOfPages, JSON.parse(listed));
  webview.html = panelHtml({
    script: resource(`${name}.js`),
    style: resource(`${name}.css`),
    imports: (imports[name] ?? []).map(resource),
    nonce: randomBytes(16).toString('base64url'),
    language: vscode.env.language,
    translations: vscode.l10n.bundle,
  });
}
