import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** Tells a worker which modules it loads anew when their files have changed: folders as in PATH, or 'all'. */
export function reloadVariable(reload: 'all' | readonly string[]): { readonly EXTSESSION_RELOAD: string | undefined } {
  const folders = reload === 'all' ? reload : reload.flatMap(namesOf).join(path.delimiter);
  return { EXTSESSION_RELOAD: folders === '' ? undefined : folders };
}

/** A folder as it is named and, as interpreters name the files of their working directory, without symbolic links. */
function namesOf(folder: string): string[] {
  const names = existsSync(folder) ? [folder, realpathSync(folder)] : [folder];
  return [...new Set(names)].map((name) => (name.endsWith(path.sep) ? name : name + path.sep));
}
