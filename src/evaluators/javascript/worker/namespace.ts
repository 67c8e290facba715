import { inspect, types } from 'node:util';
import type { Completion, Completions, MimeBundle, Variable } from '../../../protocol/output.js';
import type { Question } from '../../../protocol/worker.js';

const SUMMARY_LENGTH = 200;
const MOST_COMPLETIONS = 1000;
const CHAIN = /(?:([\p{ID_Start}$_][\p{ID_Continue}$.]*)\.)?([\p{ID_Start}$_][\p{ID_Continue}$]*)?$/u;

export interface Answer {
  readonly variables?: readonly Variable[];
  readonly completions?: Completions;
  readonly data?: MimeBundle;
}

/** What the global scope holds. Runs no code of the person's: accessors and proxies are named, not read. */
export class Namespace {
  private readonly builtIn = new Set(Object.getOwnPropertyNames(globalThis));

  answer(question: Question): Answer {
    switch (question.t) {
      case 'variables':
        return { variables: this.variables() };
      case 'complete':
        return { completions: complete(question.source, question.offset) };
      case 'inspect': {
        const text = describeAt(question.source, question.offset);
        return text === undefined ? {} : { data: { 'text/plain': text } };
      }
      case 'stack':
        return {}; // another thread can't see where this one is
    }
  }

  private variables(): Variable[] {
    const own = Object.entries(Object.getOwnPropertyDescriptors(globalThis));
    return own.flatMap(([name, { value, enumerable }]) =>
      this.builtIn.has(name) || !enumerable || name === '_' ? [] : [describe(name, value)],
    );
  }
}

function describe(name: string, value: unknown): Variable {
  const size = sizeOf(value);
  return { name, type: typeOf(value), summary: summaryOf(value), ...(size === undefined ? {} : { size }) };
}

function complete(source: string, offset: number): Completions {
  const [, chain, prefix = ''] = CHAIN.exec(source.slice(0, offset)) ?? [];
  const start = offset - prefix.length;
  const holder = chain === undefined ? globalThis : resolve(chain);
  const names = namesOf(holder).filter((name) => name.startsWith(prefix) && isName(name));
  const items = names
    .slice(0, MOST_COMPLETIONS)
    .map((name): Completion => ({ text: name, kind: kindOf(holder, name) }));
  return { start, end: offset, items };
}

function describeAt(source: string, offset: number): string | undefined {
  const rest = /^[\p{ID_Continue}$]*/u.exec(source.slice(offset))?.[0] ?? '';
  const [whole = ''] = CHAIN.exec(source.slice(0, offset) + rest) ?? [];
  if (whole === '') return undefined;
  const value = resolve(whole);
  return value === undefined ? undefined : `${whole}: ${typeOf(value)}\n${summaryOf(value)}`;
}

/** The value of `a.b.c`, as far as plain properties lead. */
function resolve(chain: string): unknown {
  return chain.split('.').reduce<unknown>((holder, name) => descriptorOf(holder, name)?.value, globalThis);
}

function descriptorOf(holder: unknown, name: string): PropertyDescriptor | undefined {
  for (let object = toObject(holder); object; object = toObject(Object.getPrototypeOf(object))) {
    const found = Object.getOwnPropertyDescriptor(object, name);
    if (found) return found;
  }
  return undefined;
}

function namesOf(holder: unknown): string[] {
  const names = new Set<string>();
  for (let object = toObject(holder); object; object = toObject(Object.getPrototypeOf(object))) {
    for (const name of Object.getOwnPropertyNames(object)) names.add(name);
  }
  return [...names].sort();
}

function toObject(value: unknown): object | undefined {
  if (value === null || value === undefined || types.isProxy(value)) return undefined;
  return Object(value) as object;
}

function isName(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
}

function kindOf(holder: unknown, name: string): Completion['kind'] {
  const value: unknown = descriptorOf(holder, name)?.value;
  if (typeof value === 'function') return isClass(value) ? 'class' : 'function';
  return holder === globalThis ? 'variable' : 'property';
}

function isClass(value: object): boolean {
  const prototype = Object.getOwnPropertyDescriptor(value, 'prototype');
  return prototype?.writable === false;
}

function typeOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || types.isProxy(value))
    return value === null ? 'null' : typeof value;
  const maker: unknown = descriptorOf(value, 'constructor')?.value;
  return typeof maker === 'function' && maker.name ? maker.name : 'Object';
}

function summaryOf(value: unknown): string {
  const options = { depth: 1, breakLength: Infinity, maxArrayLength: 20, maxStringLength: SUMMARY_LENGTH };
  const text = inspect(value, { ...options, customInspect: false, getters: false, showProxy: true });
  return text.length > SUMMARY_LENGTH ? `${text.slice(0, SUMMARY_LENGTH)}…` : text;
}

function sizeOf(value: unknown): string | undefined {
  if (typeof value === 'string' || Array.isArray(value) || types.isTypedArray(value)) return String(value.length);
  return types.isMap(value) || types.isSet(value) ? String(value.size) : undefined;
}
