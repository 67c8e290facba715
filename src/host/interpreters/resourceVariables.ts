import { homedir } from 'node:os';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { SettingVariables } from './settingVariables.js';

/** The values of the variables in settings for a file or folder, or for the home folder if there is none. */
export function variablesAt(resource: vscode.Uri | undefined): SettingVariables {
  const root = workspaceFolderOf(resource);
  const workspaceFolder = root?.uri.scheme === 'file' ? root.uri.fsPath : undefined;
  const fileDirname = resource?.scheme === 'file' ? dirname(resource.fsPath) : undefined;
  const folders = vscode.workspace.workspaceFolders ?? [];
  return {
    workspaceFolder: workspaceFolder ?? fileDirname ?? homedir(),
    fileDirname: fileDirname ?? workspaceFolder ?? homedir(),
    workspaceFolders: Object.fromEntries(folders.map(({ name, uri }) => [name, uri.fsPath])),
    env: process.env,
  };
}

/** The workspace folder that contains a resource, or else the first one. */
export function workspaceFolderOf(resource: vscode.Uri | undefined): vscode.WorkspaceFolder | undefined {
  return (resource && vscode.workspace.getWorkspaceFolder(resource)) ?? vscode.workspace.workspaceFolders?.[0];
}
