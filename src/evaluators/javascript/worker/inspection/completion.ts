import { types } from 'node:util';
import type { Completion, Completions } from '../../../../protocol/output.js';
import { cursorAt, type Path } from './cursor.js';
import { scope } from '../globalScope.js';
import { descriptorOf, toObject } from './plainReads.js';
import { summaryOf } from './summary.js';
import { isClass, typeOf } from './typeOf.js';

const MOST_COMPLETIONS = 1000;
/** Of a text or an array: the names of more elements would take long to list, and none of them can be completed. */
const MOST_ELEMENTS = 10_000;
/** Of one object: to look through more takes too long. */
const MOST_NAMES = 100_000;
const LONGEST_NAME = 1000;
/** Reading these makes Node.js warn that they are experimental. */
const experimentalGlobals = new Set(['localStorage', 'navigator', 'sessionStorage']);
const keywordNames = (
  'async await break case catch class const continue debugger default delete do else export extends false finally for ' +
  'function if import in instanceof let new null of return static super switch this throw true try typeof var void while yield'
).split(' ');

const prototypes = { Array: Array.prototype, RegExp: RegExp.prototype, String: String.prototype };

/** Node's own accessors among the globals, such as that of `process`: reading them runs no code of the user. */
const nodes = new Map(Object.entries(Object.getOwnPropertyDescriptors(scope)));

/** Names of the session, and keywords, that begin as the text before the cursor does. */
export function complete(source: string, offset: number): Completions {
  const end = Math.min(Math.max(0, offset), source.length);
  const cursor = cursorAt(source.slice(0, end));
  const start = end - (cursor?.prefix.length ?? 0);
  if (!cursor) return { start, end, items: [] };
  const { prefix, isMember, holder } = cursor;
  const from = isMember ? valueAt(holder) : scope;
  const names = namesOf(from).filter((name) => name.startsWith(prefix) && name.length <= LONGEST_NAME && isName(name));
  const keywords = isMember ? [] : keywordNames.filter((word) => word.startsWith(prefix) && !names.includes(word));
  const shown = names.sort().slice(0, MOST_COMPLETIONS + 1);
  const items = [
    ...shown.map((name): Completion => ({ text: name, kind: kindOf(from, name) })),
    ...keywords.map((text): Completion => ({ text, kind: 'keyword' })),
  ];
  const isIncomplete = items.length > MOST_COMPLETIONS;
  return { start, end, items: items.slice(0, MOST_COMPLETIONS), ...(isIncomplete ? { isIncomplete } : {}) };
}

/** The type and the value of the name at the cursor; undefined if there is none, or reading it would run code. */
export function describeAt(source: string, offset: number): string | undefined {
  const rest = /^[\p{ID_Continue}$]*/u.exec(source.slice(offset))?.[0] ?? '';
  const text = source.slice(0, offset) + rest;
  const cursor = cursorAt(text);
  if (!cursor?.prefix) return undefined;
  const { prefix: name, isMember, holder } = cursor;
  const value = isMember ? memberOf(valueAt(holder), name) : valueAt({ root: { name }, keys: [], isNew: false });
  return value === undefined ? undefined : `${name}: ${typeOf(value)}\n${summaryOf(value)}`;
}

/** The value of a path, as far as it consists of plain properties. */
function valueAt(path: Path | undefined): unknown {
  if (!path) return undefined;
  const { root, keys, isNew } = path;
  const begin = 'like' in root ? prototypes[root.like] : globalOf(root.name);
  const value = keys.reduce(memberOf, begin);
  return isNew ? memberOf(value, 'prototype') : value;
}

function globalOf(name: string): unknown {
  const found = descriptorOf(scope, name);
  if (!found?.get) return found?.value;
  const isNodes = nodes.get(name)?.get === found.get && !experimentalGlobals.has(name);
  return isNodes ? scope[name] : undefined;
}

function memberOf(holder: unknown, name: string): unknown {
  return descriptorOf(holder, name)?.value;
}

function namesOf(holder: unknown): string[] {
  const names = new Set<string>();
  for (let object = toObject(holder); object; object = toObject(Object.getPrototypeOf(object))) {
    const own = isLong(object) ? ['length'] : Object.getOwnPropertyNames(object);
    for (const name of own.slice(0, MOST_NAMES)) names.add(name);
  }
  return [...names];
}

function isLong(object: object): boolean {
  return (
    types.isTypedArray(object) ||
    (types.isStringObject(object) && String.prototype.valueOf.call(object).length > MOST_ELEMENTS) ||
    (Array.isArray(object) && object.length > MOST_ELEMENTS)
  );
}

function isName(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
}

function kindOf(holder: unknown, name: string): Completion['kind'] {
  const value = holder === scope ? globalOf(name) : memberOf(holder, name);
  if (typeof value === 'function') return isClass(value) ? 'class' : 'function';
  return holder === scope ? 'variable' : 'property';
}
