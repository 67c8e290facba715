import { homedir } from 'node:os';
import { resolve, sep } from 'node:path';

/** The values of the variables in a setting. Folders are absolute paths. */
export interface SettingVariables {
  readonly workspaceFolder: string;
  readonly fileDirname: string;
  /** The workspace folders by name. */
  readonly workspaceFolders: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Replaces variables with their values. The names are those of VS Code's own settings; a leading `~` is the home
 * folder.
 */
export function resolveVariables(template: string, variables: SettingVariables): string {
  return template
    .trim()
    .replace(
      /\$\{([^}:]+)(?::([^}]*))?\}/g,
      (whole, name: string, of?: string) => valueOf(name, of, variables) ?? whole,
    )
    .replace(/^~(?=$|[/\\])/, homedir());
}

/** Like `resolveVariables`, but a relative path starts at the workspace folder. */
export function resolvePath(template: string, variables: SettingVariables): string {
  return resolve(variables.workspaceFolder, resolveVariables(template, variables));
}

/** Like `resolvePath`, but a name without a separator is a program on PATH. */
export function resolveProgram(template: string, variables: SettingVariables): string {
  const program = resolveVariables(template, variables);
  return /[/\\]/.test(program) ? resolve(variables.workspaceFolder, program) : program;
}

/** Undefined for an unknown variable, which is not replaced. */
function valueOf(name: string, of: string | undefined, variables: SettingVariables): string | undefined {
  if (name === 'env') return of === undefined ? undefined : (variables.env[of] ?? '');
  if (name === 'workspaceFolder' && of !== undefined) return variables.workspaceFolders[of];
  if (of !== undefined) return undefined;
  switch (name) {
    case 'workspaceFolder':
      return variables.workspaceFolder;
    case 'workspaceFolderBasename':
      return variables.workspaceFolder.split(/[/\\]/).findLast((part) => part !== '') ?? '';
    case 'fileDirname':
      return variables.fileDirname;
    case 'userHome':
      return homedir();
    case 'pathSeparator':
    case '/':
      return sep;
    default:
      return undefined;
  }
}
