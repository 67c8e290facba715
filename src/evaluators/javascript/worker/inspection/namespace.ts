import type { Completion, Completions, MimeBundle, Variable, VariableParts } from '../../../../protocol/output.js';
import type { Question } from '../../../../protocol/worker.js';
import { cursorAt, type Path } from './cursor.js';
import { scope } from '../globalScope.js';
import { codeOf } from './literals.js';
import { Listing, type ListingAnswer } from './listing.js';
import { bytesOf, follow, lengthOf, partsOf } from './parts.js';
import { descriptorOf, toObject } from './plainReads.js';
import { summaryOf } from './summary.js';
import { isClass, typeOf } from './typeOf.js';

const MOST_COMPLETIONS = 1000;
const LONGEST_NAME = 1000;
const MOST_PARTS = 1000;
/** Reading these makes Node.js warn that they are experimental. */
const experimentalGlobals = new Set(['localStorage', 'navigator', 'sessionStorage']);
const keywordNames = (
  'async await break case catch class const continue debugger default delete do else export extends false finally for ' +
  'function if import in instanceof let new null of return static super switch this throw true try typeof var void while yield'
).split(' ');

const prototypes = { Array: Array.prototype, RegExp: RegExp.prototype, String: String.prototype };

export interface Answer extends ListingAnswer {
  readonly parts?: VariableParts;
  readonly completions?: Completions;
  readonly data?: MimeBundle;
}

/** Node's own accessors among the globals, such as that of `process`: reading them runs no code of the user. */
const nodes = new Map(Object.entries(Object.getOwnPropertyDescriptors(scope)));

/** The contents of the global scope. Runs no code of the user: accessors and proxies are named, not read. */
export class Namespace {
  readonly #listing = new Listing();

  /** Tells the answer: at once, or for variables in pieces, between which the user's code goes on. */
  ask(question: Question & { readonly request: number }, tell: (answer: Answer) => void): void {
    if (question.t === 'variables') this.#listing.ask(question, question.details ? detailed : describe, tell);
    else tell(answered(question));
  }
}

function answered(question: Exclude<Question, { t: 'variables' }>): Answer {
  switch (question.t) {
    case 'parts':
      return partsAt(question);
    case 'complete':
      return { completions: complete(question.source, question.offset) };
    case 'inspect': {
      const text = describeAt(question.source, question.offset);
      return text === undefined ? {} : { data: { 'text/plain': text } };
    }
    case 'stack':
    case 'pause':
      return {}; // another thread neither sees where this one is, nor stops it
  }
}

function describe(name: string, value: unknown): Variable {
  const size = lengthOf(value);
  return {
    name,
    type: typeOf(value),
    summary: summaryOf(value),
    ...(size === undefined ? {} : { size: String(size) }),
  };
}

export function detailed(name: string, value: unknown): Variable {
  const parts = partsOf(value, summaryOf).total;
  const bytes = bytesOf(value);
  return {
    ...describe(name, value),
    ...(typeof value === 'function' ? { kind: isClass(value) ? 'class' : 'function' } : {}),
    ...(bytes === undefined ? {} : { bytes }),
    ...(parts > 0 ? { parts } : {}),
  };
}

function partsAt({ name, path, start, count, asCode }: Extract<Question, { t: 'parts' }>): Answer {
  const found = follow(descriptorOf(scope, name), path, summaryOf);
  if (!found) return { error: 'there is no such part' };
  const parts = partsOf(found.value, summaryOf);
  const items = parts.read(start, start + Math.min(count, MOST_PARTS)).map(({ label, code, property }) => ({
    ...('value' in property ? detailed(label, property.value) : { name: label, type: 'accessor' }),
    ...(code === undefined ? {} : { code }),
  }));
  const code = asCode ? codeOf(found.value) : undefined;
  return { parts: { total: parts.total, items, ...(code === undefined ? {} : { code }) } };
}

function complete(source: string, offset: number): Completions {
  const end = Math.min(Math.max(0, offset), source.length);
  const cursor = cursorAt(source.slice(0, end));
  const start = end - (cursor?.prefix.length ?? 0);
  if (!cursor) return { start, end, items: [] };
  const { prefix, isMember, holder } = cursor;
  const from = isMember ? valueAt(holder) : scope;
  const names = namesOf(from).filter((name) => name.startsWith(prefix) && name.length <= LONGEST_NAME && isName(name));
  const keywords = isMember ? [] : keywordNames.filter((word) => word.startsWith(prefix) && !names.includes(word));
  const items = [
    ...names.map((name): Completion => ({ text: name, kind: kindOf(from, name) })),
    ...keywords.map((text): Completion => ({ text, kind: 'keyword' })),
  ];
  const isIncomplete = items.length > MOST_COMPLETIONS;
  return { start, end, items: items.slice(0, MOST_COMPLETIONS), ...(isIncomplete ? { isIncomplete } : {}) };
}

function describeAt(source: string, offset: number): string | undefined {
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
    for (const name of Object.getOwnPropertyNames(object)) names.add(name);
  }
  return [...names].sort();
}

function isName(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
}

function kindOf(holder: unknown, name: string): Completion['kind'] {
  const value = holder === scope ? globalOf(name) : memberOf(holder, name);
  if (typeof value === 'function') return isClass(value) ? 'class' : 'function';
  return holder === scope ? 'variable' : 'property';
}
