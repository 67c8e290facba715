import { win32 } from 'node:path';

interface Registered {
  readonly company: string;
  readonly tag: string;
  folder?: string;
  file?: string;
}

const OLDEST = 3.07;

/**
 * The Pythons in what `reg export` writes of the keys in PEP 514, best first: those of python.org, in 64 bits, the
 * newest.
 */
export function registeredPythons(exported: string): string[] {
  const found = new Map<string, Registered>();
  let current: Registered | undefined;
  for (const line of exported.split(/\r?\n/)) {
    if (line.startsWith('[HKEY_')) current = entryOf(line, found);
    else if (current) take(line, current);
  }
  return [...found.values()]
    .filter(({ company, tag }) => company !== 'PyLauncher' && versionOf(tag) >= OLDEST)
    .toSorted((a, b) => rank(b) - rank(a))
    .flatMap(({ file, folder }) => file ?? (folder === undefined ? [] : win32.join(folder, 'python.exe')));
}

/** The installation that a key `...\Python\COMPANY\TAG\InstallPath` describes. */
function entryOf(key: string, found: Map<string, Registered>): Registered | undefined {
  const [, company, tag] = /\\Python\\([^\\]+)\\([^\\]+)\\InstallPath\]$/i.exec(key) ?? [];
  if (company === undefined || tag === undefined) return undefined;
  const entry = { company, tag };
  found.set(key, entry);
  return entry;
}

/** The default value, `@`, is the folder. */
function take(line: string, entry: Registered): void {
  const [, name, escaped] = /^(@|"ExecutablePath")="(.+)"$/.exec(line) ?? [];
  const value = escaped?.replace(/\\(.)/g, '$1');
  if (value === undefined) return;
  if (name === '@') entry.folder = value;
  else entry.file = value;
}

/** 3.12 as 3.12, 3.7 as 3.07, py39 and Anaconda39-64 as 3.09. */
function versionOf(tag: string): number {
  const [, major = '0', minor = '0'] = /(\d)\.?(\d+)/.exec(tag) ?? [];
  return Number(major) + Number(minor) / 100;
}

function rank({ company, tag }: Registered): number {
  const isOfficial = company === 'PythonCore' ? 100 : 0;
  const isUsual = /-32$|t$|-arm/.test(tag) ? 0 : 10;
  return isOfficial + isUsual + versionOf(tag);
}
