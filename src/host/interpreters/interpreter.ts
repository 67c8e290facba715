import { access, constants } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type * as vscode from 'vscode';
import type { Logger } from '../../engine/logger.js';
import { activation, environmentMarks, environmentPythons } from './environments.js';
import { fileVariables } from './fileVariables.js';
import { selectedInPythonExtension } from './pythonExtension.js';
import type { Machine } from '../machines/machine.js';
import { variablesAt, workspaceFolderOf } from './resourceVariables.js';
import { resolveProgram } from './settingVariables.js';
import { setting } from '../settings.js';

/** The interpreter that a session runs. */
export interface Interpreter {
  /** Absent if it is to be found on PATH. */
  readonly path?: string;
  /** The name of the environment, such as '.venv'. */
  readonly environment?: string;
  /** Variables in addition to VS Code's own environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The machine that it is on, and what leads there; this one if absent. */
  readonly machine?: Pick<Machine, 'name' | 'command'>;
}

/**
 * Finds the Python interpreter for a file or folder: the one selected in the Python extension, or the one in the
 * settings, or an environment of the workspace, or the one on PATH. It might not start.
 */
export async function findInterpreter(resource: vscode.Uri | undefined, log: Logger): Promise<Interpreter> {
  const chosen = await selectedInPythonExtension(resource, log);
  const set = () => resolveProgram(setting('python.interpreterPath', resource), variablesAt(resource));
  const path = chosen ?? (set() || (await environmentsAround(resource))[0]);
  const env = await fileVariables(resource, log);
  return path === undefined ? { env } : describe(path, env);
}

/** The Python interpreter at a path, with the variables for a file or folder. */
export async function pythonAt(path: string, resource: vscode.Uri | undefined, log: Logger): Promise<Interpreter> {
  return describe(path, await fileVariables(resource, log));
}

/** The existing interpreters in environments of a file or folder. */
export async function environmentsAround(resource: vscode.Uri | undefined): Promise<string[]> {
  const root = workspaceFolderOf(resource);
  const folder = resource?.scheme === 'file' ? dirname(resource.fsPath) : root?.uri.fsPath;
  const places = { ...(folder === undefined ? {} : { folder }), ...(root ? { root: root.uri.fsPath } : {}) };
  return filterAsync(environmentPythons(places, process.env, process.platform), (path) => exists(path, constants.X_OK));
}

async function describe(path: string, env: Readonly<Record<string, string>>): Promise<Interpreter> {
  const [environment] = await filterAsync(environmentMarks(path, process.platform), ({ mark }) => exists(mark));
  if (!environment) return { path, env };
  return {
    path,
    environment: basename(environment.prefix),
    env: { ...env, ...activation(environment, { ...process.env, ...env }, process.platform) },
  };
}

async function filterAsync<T>(elements: readonly T[], passes: (element: T) => Promise<boolean>): Promise<T[]> {
  const passed = await Promise.all(elements.map(passes));
  return elements.filter((_, index) => passed[index]);
}

async function exists(path: string, mode?: number): Promise<boolean> {
  try {
    await access(path, mode);
    return true;
  } catch {
    return false;
  }
}
