import type { Interpreter } from '../interpreters/interpreter.js';
import type { Machine } from '../machines/machine.js';
import type { LanguageSessionOptions } from './languageSessionOptions.js';
import type { CreatedSession } from './sessionBook.js';

/** The options that are specific to the sessions of an evaluator. */
export type EvaluatorOptions = Pick<
  LanguageSessionOptions,
  'evaluator' | 'findInterpreter' | 'findStartup' | 'reloadedModules'
> & {
  /** The name of its language, such as 'Python'. */
  readonly languageName: string;
  /** VS Code's identifiers of the languages that it runs. */
  readonly languageIds: readonly string[];
  /** The interpreter at a path, for a file or folder. */
  readonly interpreterAt: (path: string, uri: string | undefined) => Promise<Interpreter>;
  /** That on another machine. */
  readonly interpreterOn: (machine: Machine) => Interpreter;
};

/** A folder of the workspace. */
export interface SessionFolder {
  readonly id: string;
  readonly name: string;
  readonly uri: string;
}

/** Such as 'Python', or 'Python 2' if that is taken. */
export function unusedTitle(wanted: string, taken: readonly string[]): string {
  let [title, count] = [wanted, 1];
  while (taken.includes(title)) title = `${wanted} ${String(++count)}`;
  return title;
}

type Launching = Pick<LanguageSessionOptions, 'findInterpreter' | 'findStartup' | 'workingDirectory'>;

/** What a session of an evaluator has of its own. */
export type OwnOptions = Pick<LanguageSessionOptions, 'id' | 'title'> & Partial<Launching>;

/** The default session of an evaluator in a folder; without one, in the first folder and outside. */
export function defaultOf(
  evaluator: EvaluatorOptions,
  folder: SessionFolder | undefined,
  options: Pick<Launching, 'workingDirectory'> & { readonly firstFolder: () => string | undefined },
): OwnOptions {
  const place = folder?.name ?? options.firstFolder();
  return {
    id: folder ? `${evaluator.evaluator}-${folder.id}` : evaluator.evaluator,
    title: [evaluator.languageName, ...(place === undefined ? [] : [place])].join(' · '),
    ...(folder ? launchingIn(folder, { ...options, ...evaluator }) : {}),
  };
}

/** A session that the user has created. */
export function asCreated(
  created: CreatedSession,
  options: Parameters<typeof launchingAsCreated>[1] & Pick<EvaluatorOptions, 'interpreterOn'>,
): OwnOptions {
  const { machine, id, name: title } = created;
  const { interpreterOn } = options;
  if (!machine) return { id, title, ...launchingAsCreated(created, options) };
  const findInterpreter = (): Promise<Interpreter> => Promise.resolve(interpreterOn(machine));
  return { id, title, findInterpreter, findStartup: options.findStartup, workingDirectory: () => machine.folder ?? '' };
}

/** How the default session of a folder is launched: as its files say, or the folder itself without one. */
function launchingIn(
  { uri: folder }: Pick<SessionFolder, 'uri'>,
  { findInterpreter, findStartup, workingDirectory }: Launching,
): Launching {
  return {
    findInterpreter: (uri) => findInterpreter(uri ?? folder),
    findStartup: (uri) => findStartup(uri ?? folder),
    workingDirectory: (uri) => workingDirectory(uri ?? folder),
  };
}

/** How a session is launched that the user has created: its own folder and interpreter precede those of files. */
function launchingAsCreated(
  { interpreter, folder }: Pick<CreatedSession, 'interpreter' | 'folder'>,
  {
    findInterpreter,
    findStartup,
    workingDirectory,
    interpreterAt,
    pathOf,
  }: Launching & Pick<EvaluatorOptions, 'interpreterAt'> & { readonly pathOf: (uri: string) => string },
): Launching {
  const at = (uri: string | undefined): string | undefined => folder ?? uri;
  return {
    findInterpreter: (uri) =>
      interpreter === undefined ? findInterpreter(at(uri)) : interpreterAt(interpreter, at(uri)),
    findStartup: (uri) => findStartup(at(uri)),
    workingDirectory: (uri) => (folder === undefined ? workingDirectory(uri) : pathOf(folder)),
  };
}
