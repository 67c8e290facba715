import path from 'node:path';
import { withPlainBuiltins } from '../builtins.js';
import { withoutVersion } from '../reload/resolutions.js';
import { filenameOf, sourceColumn } from './programSources.js';

/** The folder of the worker's own functions. */
const ownFolder = path.dirname(__filename) + path.sep;
/** Enough to include the user's own lines if a library fails. */
const FRAMES = 50;

/** Not what the user may put in its place. */
const Plain = Error;

let isInstalled = false; // there may be one of Node's own before

/**
 * Makes every `error.stack` show the user's code: without the frames of the worker and its callers, and with the
 * columns of the source instead of those of the code that ran. Programs can still replace `Error.prepareStackTrace`;
 * what only removes it, as some do that have replaced it, gets this one again with the next command.
 */
export function installStackTraces(): void {
  if (isInstalled && (Error.prepareStackTrace as unknown)) return;
  isInstalled = true;
  Error.stackTraceLimit = FRAMES;
  Error.prepareStackTrace = (error, sites) => withPlainBuiltins(() => stackOf(error, shown(sites)));
}

/**
 * The same for errors of another global scope, in a program that is not ours: frames of our caller are removed, too.
 */
export function prepareStackTrace(error: Error, sites: readonly NodeJS.CallSite[]): string {
  const called = sites.findIndex(isOurs);
  return stackOf(error, shown(called < 0 ? sites : sites.slice(0, called)));
}

/**
 * The frames of the user's code that this is called in the middle of, by a listener that Node.js calls there; empty if
 * it is not.
 */
export function stackAround(): string {
  const sites = callSites();
  const innermost = sites.findIndex(isThePersons);
  return innermost < 0 ? '' : shown(sites.slice(innermost)).map(lineOf).join('\n');
}

/** Without calling what the user's code has put in place. */
export function callSites(): readonly NodeJS.CallSite[] {
  const replaced = (['prepareStackTrace', 'stackTraceLimit'] as const).map(
    (name) => [name, Reflect.getOwnPropertyDescriptor(Plain, name)] as const,
  );
  const holder: { stack?: unknown } = {};
  replace('prepareStackTrace', (_error: Error, sites: readonly NodeJS.CallSite[]) => sites);
  replace('stackTraceLimit', FRAMES);
  try {
    Plain.captureStackTrace(holder);
    return Array.isArray(holder.stack) ? (holder.stack as NodeJS.CallSite[]) : [];
  } finally {
    for (const [name, descriptor] of replaced)
      if (descriptor) Reflect.defineProperty(Plain, name, descriptor);
      else Reflect.deleteProperty(Plain, name);
  }
}

function replace(name: 'prepareStackTrace' | 'stackTraceLimit', value: unknown): void {
  Reflect.defineProperty(Plain, name, { value, configurable: true, writable: true });
}

function stackOf(error: Error, sites: readonly NodeJS.CallSite[]): string {
  return [headOf(error), ...sites.map(lineOf)].join('\n');
}

function lineOf(site: NodeJS.CallSite): string {
  return `    at ${textOf(site)}`;
}

function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return '<error>'; // its own name or message throws
  }
}

/** Frames of Node.js are kept between those of the user, and if there are no frames of the user and none of ours. */
function shown(sites: readonly NodeJS.CallSite[]): readonly NodeJS.CallSite[] {
  const last = sites.findLastIndex((site) => isThePersons(site));
  const called = last < 0 && !sites.some(isOurs) ? sites : sites.slice(0, last + 1);
  return called.filter((site) => !isOurs(site));
}

function isThePersons(site: NodeJS.CallSite): boolean {
  const file = site.getFileName() ?? null;
  return file !== null && !file.startsWith('node:') && !isOurs(site);
}

function isOurs(site: NodeJS.CallSite): boolean {
  return site.getFileName()?.startsWith(ownFolder) ?? false;
}

function textOf(site: NodeJS.CallSite): string {
  const text = (site as { toString: () => string }).toString(); // missing in the types
  const [file, line, column] = [site.getFileName() ?? null, site.getLineNumber(), site.getColumnNumber()];
  if (!isThePersons(site) || file === null || line === null || column === null) return text;
  const name = filenameOf(withoutVersion(file));
  const original = sourceColumn(name, line, column);
  const end = original === undefined ? '' : `:${String(original)}`;
  return text.replace(`${file}:${String(line)}:${String(column)}`, `${name}:${String(line)}${end}`);
}
