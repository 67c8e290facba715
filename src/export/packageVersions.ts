import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readTextFile } from '../host/readTextFile.js';

const MOST_PACKAGES = 30;
const MOST_INSTALLED = 2000;
/** Of a file that a package has beside its code. */
const MOST_BYTES = 1_000_000;

interface Installed {
  /** The folder that it is installed in. */
  readonly folder: string;
  readonly name: string;
}

/**
 * The versions of the installed packages that files belong to, by name, as their installers have noted them beside the
 * files. No code runs.
 */
export async function packageVersions(files: Iterable<string>): Promise<Map<string, string>> {
  const [python, node] = [new Map<string, Installed>(), new Map<string, Installed>()];
  for (const file of files) {
    const inPython = /^(.*[\\/](?:site|dist)-packages)[\\/]([^\\/]+)/.exec(file);
    const inNode = /^(.*[\\/]node_modules)[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file);
    note(python, inPython?.[1], inPython?.[2]?.replace(/\.\w+$/, ''));
    note(node, inNode?.[1], inNode?.[2]?.replace('\\', '/'));
  }
  const found = new Map<string, string>();
  for (const one of python.values()) await add(found, one, pythonVersion);
  for (const one of node.values()) await add(found, one, nodeVersion);
  return found;
}

function note(installed: Map<string, Installed>, folder: string | undefined, name: string | undefined): void {
  if (folder === undefined || name === undefined || installed.size >= MOST_PACKAGES) return;
  installed.set(`${folder}/${name}`, { folder, name });
}

type Version = readonly [name: string, version: string];

async function add(
  found: Map<string, string>,
  one: Installed,
  read: (one: Installed) => Promise<Version | undefined>,
): Promise<void> {
  const [name, version] = (await read(one).catch(() => undefined)) ?? []; // it is not where it was, or names none
  if (name !== undefined && version !== undefined) found.set(name, version);
}

/** The folder of a distribution bears its name and version; that of `sklearn` is `scikit_learn-1.5.0.dist-info`. */
async function pythonVersion({ folder, name }: Installed): Promise<Version | undefined> {
  const notes = (await readdir(folder)).flatMap((entry) => {
    const [, distribution, version] = /^(.+?)-(\d[^-]*)\.(?:dist|egg)-info$/.exec(entry) ?? [];
    return distribution !== undefined && version !== undefined ? [{ entry, distribution, version }] : [];
  });
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[-_.]+/g, '_');
  const named = notes.find(({ distribution }) => plain(distribution) === plain(name));
  if (named) return [named.distribution, named.version];
  for (const { entry, distribution, version } of notes.slice(0, MOST_INSTALLED)) {
    const modules = await readTextFile(path.join(folder, entry, 'top_level.txt'), MOST_BYTES).catch(() => '');
    if (modules.split(/\s+/).includes(name)) return [distribution, version];
  }
  return undefined;
}

async function nodeVersion({ folder, name }: Installed): Promise<Version | undefined> {
  const { version } = JSON.parse(await readTextFile(path.join(folder, name, 'package.json'), MOST_BYTES)) as {
    readonly version?: unknown;
  };
  return typeof version === 'string' ? [name, version] : undefined;
}
