import { inspect, types } from 'node:util';
import { descriptorOf } from './plainReads.js';

/* As they were before code of the user could replace them. */
const inspectPlainly = inspect;
const { getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const PlainPromise = Promise;
const prototype = Promise.prototype;
const ofFunctions = Function.prototype;

/** In characters. */
const LONGEST = 200;
/** Node.js compares the depth twice for the promise itself, and then once before it looks at an object within. */
const OF_PROMISE = 2;
const enough = new Error('enough');
const reasons = new WeakMap<object, { readonly reason: unknown }>();

/** How a promise has been settled: `text` is a primitive value, as code; an object is told only of some rejections. */
export type PromiseState =
  | { readonly kind: 'pending' }
  | { readonly kind: 'settled' }
  | { readonly kind: 'fulfilled' | 'rejected'; readonly text: string }
  | { readonly kind: 'rejected'; readonly reason: unknown };

/** Node.js has reported that nothing handles the rejection of a promise. */
export function noteRejection(promise: object, reason: unknown): void {
  reasons.set(promise, { reason });
}

/**
 * Only `util.inspect` tells it without the inspector and without a handler of ours. It is stopped before it looks at an
 * object in the promise, which code of the user could notice: that promise is only known to be settled. Undefined for
 * promises that such code could have changed.
 */
export function promiseState(promise: object): PromiseState | undefined {
  const known = reasons.get(promise);
  if (known) return { kind: 'rejected', ...known };
  return isUnchanged(promise) ? toldState(promise) : undefined;
}

function toldState(promise: object): PromiseState | undefined {
  let state: PromiseState | undefined;
  let compared = 0;
  const stop = (): never => {
    throw enough;
  };
  const depth = {
    __proto__: null,
    valueOf: () => {
      if (++compared <= OF_PROMISE) return 0;
      state ??= { kind: 'settled' };
      return stop();
    },
  };
  const stylize = (text: string, style: string): string => {
    const isMark = style === 'special';
    if (isMark && text === '<pending>') state = { kind: 'pending' };
    else if (!state) {
      state = { kind: 'fulfilled', text };
      return text;
    } else if (isMark && text === '<rejected>' && 'text' in state) state = { ...state, kind: 'rejected' };
    return stop();
  };
  const usual = { colors: false, customInspect: false, getters: false, showProxy: false, sorted: false, compact: true };
  const options = { ...usual, depth, stylize, showHidden: true, breakLength: Infinity, maxStringLength: LONGEST };
  try {
    inspectPlainly(promise, options as unknown as Parameters<typeof inspect>[1]);
  } catch (error) {
    if (error !== enough) return undefined;
  }
  return state;
}

/** Whether all that `util.inspect` reads of the promise itself is Node.js' own. */
function isUnchanged(promise: object): boolean {
  const tag = descriptorOf(promise, Symbol.toStringTag);
  return (
    !types.isProxy(promise) &&
    getPrototypeOf(promise) === prototype &&
    descriptorOf(promise, 'constructor')?.value === PlainPromise &&
    getPrototypeOf(PlainPromise) === ofFunctions &&
    getOwnPropertyDescriptor(PlainPromise, Symbol.hasInstance) === undefined &&
    (tag === undefined || 'value' in tag) &&
    descriptorOf(promise, Symbol.iterator) === undefined
  );
}
