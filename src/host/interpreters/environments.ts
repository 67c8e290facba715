import { posix, win32 } from 'node:path';

/** A virtual or conda environment. */
export interface Environment {
  readonly kind: 'venv' | 'conda';
  /** The folder, such as '/home/ada/project/.venv'. */
  readonly prefix: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

const environmentFolders = ['.venv', 'venv', '.conda', 'env'];

/**
 * Where the Python of a workspace might be, most likely first: in the environments of `folder` and of the folders
 * between it and `root`, then in the environment that was active when VS Code was started. The files might not exist.
 */
export function environmentPythons(
  { folder, root }: { readonly folder?: string; readonly root?: string },
  env: Variables,
  platform: NodeJS.Platform,
): string[] {
  const path = pathOf(platform);
  const around = folder === undefined ? [] : foldersUpTo(folder, root ?? folder, path);
  const active = [env.VIRTUAL_ENV, env.CONDA_PREFIX].filter((prefix) => prefix !== undefined);
  const prefixes = [...around.flatMap((each) => environmentFolders.map((name) => path.join(each, name))), ...active];
  const programs = path === win32 ? [['Scripts', 'python.exe'], ['python.exe']] : [['bin', 'python']];
  return prefixes.flatMap((prefix) => programs.map((program) => path.join(prefix, ...program)));
}

/** The files or folders that show that an interpreter belongs to an environment, for each possible environment. */
export function environmentMarks(
  interpreter: string,
  platform: NodeJS.Platform,
): (Environment & { readonly mark: string })[] {
  const path = pathOf(platform);
  const folder = path.dirname(interpreter);
  const above = path.dirname(folder);
  return [
    { kind: 'venv', prefix: above, mark: path.join(above, 'pyvenv.cfg') },
    { kind: 'conda', prefix: above, mark: path.join(above, 'conda-meta') },
    { kind: 'conda', prefix: folder, mark: path.join(folder, 'conda-meta') },
  ];
}

/** The variables to set so that programs started by the code find the environment, too. */
export function activation(
  { kind, prefix }: Environment,
  env: Variables,
  platform: NodeJS.Platform,
): Record<string, string> {
  const path = pathOf(platform);
  const inPrefix = kind === 'conda' ? ['.', path.join('Library', 'bin'), 'Scripts'] : ['Scripts'];
  const programs = (path === win32 ? inPrefix : ['bin']).map((each) => path.join(prefix, each));
  // On Windows, the name is 'Path', and names are not case-sensitive.
  const name = Object.keys(env).find((each) => each.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = env[name] ? [...programs, env[name]] : programs;
  return { [kind === 'venv' ? 'VIRTUAL_ENV' : 'CONDA_PREFIX']: prefix, [name]: folders.join(path.delimiter) };
}

function pathOf(platform: NodeJS.Platform): typeof posix {
  return platform === 'win32' ? win32 : posix;
}

function foldersUpTo(folder: string, root: string, path: typeof posix): string[] {
  const fromRoot = path.relative(root, folder);
  if (fromRoot === '..' || fromRoot.startsWith(`..${path.sep}`) || path.isAbsolute(fromRoot)) return [folder];
  const folders = [folder];
  for (let each = folder; path.relative(root, each) !== ''; folders.push(each)) each = path.dirname(each);
  return folders;
}
