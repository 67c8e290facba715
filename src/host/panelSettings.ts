import * as vscode from 'vscode';
import type { PanelSettings } from '../protocol/panelSettings.js';
import { setting } from './settings.js';

/** Used if VS Code no longer has this setting. */
const USUAL_LINE_LIMIT = 30;

/** The settings of the panel, or those of notebooks where it follows them. */
export function panelSettings(): PanelSettings {
  const wrap = setting('panel.wordWrap');
  const notebook = vscode.workspace.getConfiguration('notebook.output');
  const fontFamily = setting('panel.fontFamily') || text(notebook.get('fontFamily'));
  const fontSize = setting('panel.fontSize') || amount(notebook.get('fontSize'));
  return {
    wrap: wrap === 'notebook' ? (chosen('notebook.output.wordWrap') ?? true) === true : wrap === 'on',
    ...(fontFamily === '' ? {} : { fontFamily }),
    ...(fontSize <= 0 ? {} : { fontSize: Math.min(Math.max(fontSize, 4), 100) }),
    lineLimit: Math.max(
      1,
      Math.round(setting('panel.lineLimit') || amount(notebook.get('textLineLimit')) || USUAL_LINE_LIMIT),
    ),
    foldSources: setting('panel.foldSources'),
    autoScroll: setting('panel.autoScroll'),
    ...(setting('plots') === 'view' ? { plotsElsewhere: true } : {}),
  };
}

/** Called when these settings may have changed. */
export function onDidChangePanelSettings(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (
      ['extsession.panel', 'extsession.plots', 'notebook.output'].some((section) => event.affectsConfiguration(section))
    )
      listener();
  });
}

/** Toggles word wrap, in the scope in which it was set before. */
export async function toggleWordWrap(): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('extsession');
  const isSetHere = configuration.inspect('panel.wordWrap')?.workspaceValue !== undefined;
  await configuration.update('panel.wordWrap', panelSettings().wrap ? 'off' : 'on', !isSetHere);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function amount(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** The value of a VS Code setting if the user has set it; the defaults of the panel differ from those of notebooks. */
function chosen(name: string): unknown {
  const inspected = vscode.workspace.getConfiguration().inspect(name);
  return inspected?.workspaceFolderValue ?? inspected?.workspaceValue ?? inspected?.globalValue;
}
