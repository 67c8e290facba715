import { createPathsMatcher, getTsconfig } from 'get-tsconfig';

type Matcher = (specifier: string) => string[];

/** A project has few folders with sources; what is beyond is read again. */
const MOST_FOLDERS = 1000;
const matchers = new Map<string, Matcher>();

/**
 * The paths that the aliases of a project (`paths` and `baseUrl` of tsconfig.json or jsconfig.json) give a specifier,
 * best first. The project's file is read once.
 *
 * @param folder of the file that imports
 * @throws Error if the project's file cannot be read
 */
export function aliasedPaths(specifier: string, folder: string): string[] {
  let matcher = matchers.get(folder);
  if (!matcher) {
    if (matchers.size >= MOST_FOLDERS) matchers.clear();
    matcher = matcherOf(folder);
    matchers.set(folder, matcher);
  }
  return matcher(specifier);
}

function matcherOf(folder: string): Matcher {
  const project = getTsconfig(folder) ?? getTsconfig(folder, 'jsconfig.json');
  return (project && createPathsMatcher(project)) ?? (() => []);
}
