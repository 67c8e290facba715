import * as vscode from 'vscode';
import type { ShiftEnter } from './shiftEnter.js';

/** The settings, without the prefix `extsession.`. Their descriptions and defaults are in package.json. */
export interface Settings {
  readonly 'python.interpreterPath': string;
  readonly 'python.autoReload': 'off' | 'workspace' | 'all';
  readonly 'python.plotTheme': 'library' | 'editor';
  readonly 'python.startup': readonly string[];
  readonly 'javascript.nodePath': string;
  readonly 'javascript.autoReload': 'off' | 'workspace' | 'all';
  readonly 'javascript.startup': readonly string[];
  readonly workingDirectory: string;
  readonly machines: readonly unknown[];
  readonly 'slurm.options': readonly unknown[];
  readonly 'sessions.keepAlive': 'never' | 'untilClosed' | 'always';
  readonly 'sessions.keepAliveDays': number;
  readonly 'cells.marker': string;
  readonly 'cells.format': 'percent' | 'light';
  readonly 'cells.codeLens': readonly string[];
  readonly 'cells.decoration': boolean;
  readonly 'cells.folding': boolean;
  readonly 'cells.outline': boolean;
  readonly 'editor.flash': boolean;
  readonly 'editor.gutterMarks': boolean;
  readonly 'editor.inlineResults': boolean;
  readonly 'editor.diagnostics': boolean;
  readonly 'editor.hoverValues': boolean;
  readonly 'editor.completions': boolean;
  readonly 'keys.shiftEnter': ShiftEnter;
  readonly 'debug.justMyCode': boolean;
  readonly 'debug.onBreakpoint': 'debugger' | 'prompt';
  readonly 'debug.subProcess': boolean;
  readonly 'output.columns': number;
  readonly plots: 'panel' | 'view' | 'both';
  readonly 'panel.openOnRun': boolean;
  readonly 'panel.placement': 'beside' | 'active' | 'panel';
  readonly 'panel.wordWrap': 'notebook' | 'on' | 'off';
  readonly 'panel.fontFamily': string;
  readonly 'panel.fontSize': number;
  readonly 'panel.lineLimit': number;
  readonly 'panel.foldSources': 'long' | 'all' | 'none';
  readonly 'panel.autoScroll': boolean;
  readonly 'panel.saveTranscript': boolean;
}

/**
 * The value of a setting for a resource, or for a document in its language. The default if the value has the wrong
 * type, which settings.json allows.
 */
export function setting<Key extends keyof Settings>(key: Key, scope?: vscode.ConfigurationScope): Settings[Key] {
  const configuration = vscode.workspace.getConfiguration('extsession', scope ?? null);
  const value = configuration.get<Settings[Key]>(key);
  const standard = configuration.inspect<Settings[Key]>(key)?.defaultValue;
  const chosen = kindOf(value) === kindOf(standard) ? value : standard;
  if (chosen === undefined) throw new Error(`The setting 'extsession.${key}' is not declared in package.json.`);
  return chosen;
}

/** Whether the user has set it, to any value. */
export function isSet(key: keyof Settings, scope?: vscode.Uri): boolean {
  const inspected = vscode.workspace.getConfiguration('extsession', scope ?? null).inspect(key);
  const { globalValue, workspaceValue, workspaceFolderValue } = inspected ?? {};
  return [globalValue, workspaceValue, workspaceFolderValue].some((value) => value !== undefined);
}

/** Called when the setting, or any setting with this prefix, may have changed. */
export function onDidChangeSetting(key: keyof Settings | 'cells' | 'editor', listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`extsession.${key}`)) listener();
  });
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}
