import { types } from 'node:util';
import { integerText, isShort } from './integers.js';
import { lengthOf, partsOf, type Part } from './parts.js';
import { descriptorOf } from './plainReads.js';
import { promiseState } from './promiseState.js';
import { isClass, typeOf } from './typeOf.js';

/** In characters. */
const WIDTH = 200;
const MOST_ITEMS = 20;
const DEPTH = 1;

/* As they were before code of the user could replace them. */
const { apply, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const timeOf = methodOf(Date.prototype, 'getTime');
const isoOf = methodOf(Date.prototype, 'toISOString');
const descriptionOf = getterOf(Symbol.prototype, 'description');
const sourceOf = getterOf(RegExp.prototype, 'source');
const flags = (
  [
    ['d', 'hasIndices'],
    ['g', 'global'],
    ['i', 'ignoreCase'],
    ['m', 'multiline'],
    ['s', 'dotAll'],
    ['u', 'unicode'],
    ['v', 'unicodeSets'],
    ['y', 'sticky'],
  ] as const
).flatMap(([letter, name]) => (name in RegExp.prototype ? [[letter, getterOf(RegExp.prototype, name)] as const] : []));

/**
 * A value in a line of text, told from descriptors and internal slots alone: `util.inspect` also reads what code of the
 * user tells, and all of what is large.
 */
export function summaryOf(value: unknown): string {
  const text = new Summary().of(value, 0);
  return text.length > WIDTH ? `${text.slice(0, WIDTH)}…` : text;
}

/** Writes until there is enough. */
class Summary {
  #length = 0;

  of(value: unknown, depth: number): string {
    const text = typeof value === 'object' && value !== null ? this.#object(value, depth) : scalarText(value);
    this.#length += text.length;
    return text;
  }

  #object(value: object, depth: number): string {
    if (types.isProxy(value)) return 'Proxy';
    const scalar = slotText(value);
    if (scalar !== undefined) return scalar;
    const name = typeOf(value);
    const isArray = Array.isArray(value);
    if (depth > DEPTH) return `[${name}]`;
    const length = lengthOf(value);
    const parts = length === undefined ? this.#properties(value, depth) : this.#items(value, length, depth);
    const size = length === undefined ? '' : `(${String(length)})`;
    const head = name === (isArray ? 'Array' : 'Object') ? '' : `${name}${size} `;
    const [opening, closing] = isArray || types.isTypedArray(value) ? ['[', ']'] : ['{', '}'];
    return `${head}${parts.length === 0 ? opening + closing : `${opening} ${parts.join(', ')} ${closing}`}`;
  }

  #items(value: object, length: number, depth: number): string[] {
    const texts: string[] = [];
    for (const { key, property } of partsOf(value, () => '').read(0, MOST_ITEMS)) {
      if (this.#length > WIDTH) return [...texts, '…'];
      const text = this.#property(property, depth);
      texts.push(types.isMap(value) ? `${this.of(key, depth + 1)} => ${text}` : text);
    }
    const more = length - texts.length;
    return more > 0 ? [...texts, `… ${String(more)} more`] : texts;
  }

  #properties(value: object, depth: number): string[] {
    const texts: string[] = [];
    for (const key of ownKeys(value)) {
      const property = getOwnPropertyDescriptor(value, key);
      if (property?.enumerable !== true) continue;
      if (texts.length === MOST_ITEMS || this.#length > WIDTH) return [...texts, '…'];
      texts.push(`${keyText(key)}: ${this.#property(property, depth)}`);
    }
    return texts;
  }

  #property(property: Part['property'], depth: number): string {
    if ('value' in property) return this.of(property.value, depth + 1);
    return property.get ? (property.set ? '[Getter/Setter]' : '[Getter]') : '[Setter]';
  }
}

function scalarText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'bigint':
      return isShort(value) ? `${String(value)}n` : integerText(value);
    case 'symbol':
      return symbolText(value);
    case 'function':
      return functionText(value);
    default:
      return Object.is(value, -0) ? '-0' : String(value);
  }
}

/** What is told by the internal slots of an object, not by its properties. */
function slotText(value: object): string | undefined {
  if (types.isDate(value))
    return Number.isNaN(apply(timeOf, value, [])) ? 'Invalid Date' : text(apply(isoOf, value, []));
  if (types.isRegExp(value)) {
    const set = flags.filter(([, getter]) => apply(getter, value, []) === true).map(([letter]) => letter);
    return `/${text(apply(sourceOf, value, []))}/${set.join('')}`;
  }
  if (types.isPromise(value)) return promiseText(value);
  if (!types.isNativeError(value)) return undefined;
  const [name, message] = ['name', 'message'].map((key) => text(descriptorOf(value, key)?.value));
  return `[${[name === '' ? typeOf(value) : name, message].filter((part) => part !== '').join(': ')}]`;
}

/** As in the console of Node.js, as far as it can be told. */
function promiseText(promise: object): string {
  const state = promiseState(promise);
  if (!state) return typeOf(promise);
  if (state.kind === 'pending' || state.kind === 'settled') return `Promise { <${state.kind}> }`;
  const settledWith = 'text' in state ? state.text : new Summary().of(state.reason, DEPTH);
  return `Promise { ${state.kind === 'rejected' ? '<rejected> ' : ''}${settledWith} }`;
}

function functionText(value: object): string {
  if (types.isProxy(value)) return 'Proxy';
  const name = text(getOwnPropertyDescriptor(value, 'name')?.value);
  if (!isClass(value)) {
    const kind = `${types.isAsyncFunction(value) ? 'Async' : ''}${types.isGeneratorFunction(value) ? 'Generator' : ''}Function`;
    return `[${kind}${name === '' ? ' (anonymous)' : `: ${name}`}]`;
  }
  const base = getPrototypeOf(value);
  const above = base && !types.isProxy(base) ? text(getOwnPropertyDescriptor(base, 'name')?.value) : '';
  return `[class ${name === '' ? '(anonymous)' : name}${above === '' ? '' : ` extends ${above}`}]`;
}

function keyText(key: string | symbol): string {
  if (typeof key === 'symbol') return `[${symbolText(key)}]`;
  return key.length <= WIDTH && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? key : quoted(key);
}

function symbolText(symbol: symbol): string {
  return `Symbol(${text(apply(descriptionOf, symbol, []))})`;
}

/** As JavaScript writes it, in the quotation marks that it does not contain. */
function quoted(whole: string): string {
  const shown = whole.slice(0, WIDTH + 1);
  const escaped = JSON.stringify(shown).slice(1, -1);
  if (shown.includes("'") && !shown.includes('"')) return `"${escaped}"`;
  return `'${escaped.replaceAll(String.raw`\"`, '"').replaceAll("'", String.raw`\'`)}'`;
}

/** The beginning of a text; empty for what is none, which only code of the user might turn into one. */
function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, WIDTH + 1) : '';
}

type Callable = (this: unknown, ...args: unknown[]) => unknown;

function getterOf(prototype: object, name: string): Callable {
  return getOwnPropertyDescriptor(prototype, name)?.get as Callable;
}

function methodOf(prototype: object, name: string): Callable {
  return getOwnPropertyDescriptor(prototype, name)?.value as Callable;
}
