import { homedir } from 'node:os';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { SettingVariables } from './settingVariables.js';

/** What the variables in settings stand for at a file or folder; the home folder where there is no other. */
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

/** The workspace's folder that holds a resource, else its first one. */
export function workspaceFolderOf(resource: vscode.Uri | undefined): vscode.WorkspaceFolder | undefined {
  return (resource && vscode.workspace.getWorkspaceFolder(resource)) ?? vscode.workspace.workspaceFolders?.[0];
}
