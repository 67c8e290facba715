import { homedir } from 'node:os';
import { resolve, sep } from 'node:path';

/** What the variables in a setting stand for. Folders are absolute paths. */
export interface SettingVariables {
  readonly workspaceFolder: string;
  readonly fileDirname: string;
  /** The folders of the workspace by their names. */
  readonly workspaceFolders: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Puts what variables stand for in their place, by the names of VS Code's own settings; `~` at the beginning is the home folder. */
export function resolveVariables(template: string, variables: SettingVariables): string {
  return template
    .trim()
    .replace(
      /\$\{([^}:]+)(?::([^}]*))?\}/g,
      (whole, name: string, of?: string) => valueOf(name, of, variables) ?? whole,
    )
    .replace(/^~(?=$|[/\\])/, homedir());
}

/** As `resolveVariables`; a path that is not absolute is one in the workspace folder. */
export function resolvePath(template: string, variables: SettingVariables): string {
  return resolve(variables.workspaceFolder, resolveVariables(template, variables));
}

/** As `resolvePath`, but what holds no separator is the name of a program on PATH. */
export function resolveProgram(template: string, variables: SettingVariables): string {
  const program = resolveVariables(template, variables);
  return /[/\\]/.test(program) ? resolve(variables.workspaceFolder, program) : program;
}

/** Undefined for a variable that there is not: it stays as it stands. */
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
