import { homedir } from 'node:os';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { setting } from './settings.js';

/** The folder in which a session runs when it is started from a file, as the setting says. */
export function workingDirectory(resource: vscode.Uri | undefined): string {
  const root = (resource && vscode.workspace.getWorkspaceFolder(resource)) ?? vscode.workspace.workspaceFolders?.[0];
  const fileDirname = resource?.scheme === 'file' ? dirname(resource.fsPath) : undefined;
  const workspaceFolder = root?.uri.scheme === 'file' ? root.uri.fsPath : undefined;
  return resolveFolder(setting('workingDirectory', resource), {
    workspaceFolder: workspaceFolder ?? fileDirname ?? homedir(),
    fileDirname: fileDirname ?? workspaceFolder ?? homedir(),
  });
}

/** Puts what variables stand for in their place; an empty setting is the workspace folder. */
function resolveFolder(
  template: string,
  variables: Readonly<Record<'workspaceFolder' | 'fileDirname', string>>,
): string {
  if (template.trim() === '') return variables.workspaceFolder;
  return template
    .trim()
    .replace(/\$\{(workspaceFolder|fileDirname)\}/g, (_, name: keyof typeof variables) => variables[name])
    .replace(/^~(?=$|[/\\])/, homedir());
}
