import { AsyncLocalStorage, createHook } from 'node:async_hooks';
import { inspect } from 'node:util';

const { defineProperty } = Reflect; // whatever the user puts in its place, or adds to every object

/** What Node 20 and 22 add to each promise for AsyncLocalStorage. */
const traces = new Set(['async_id_symbol', 'trigger_async_id_symbol', 'kResourceStore']);

/** Determines which command code runs for, without a trace that users would see in a timer or a socket. */
class Owner<Store extends object> extends AsyncLocalStorage<Store> {
  /**
   * Node 20 and 22 call it for each resource; later versions keep the store elsewhere. There are too many promises to
   * do more.
   */
  _propagate(resource: Record<symbol, unknown>, trigger: Record<symbol, unknown>, type: string): void {
    const { kResourceStore: key } = this as unknown as { readonly kResourceStore: symbol };
    const value = trigger[key];
    if (type === 'PROMISE') resource[key] = value;
    else defineProperty(resource, key, { __proto__: null, value, configurable: true, writable: true } as object);
  }
}

/** `started` is called with each resource, except promises, that Node.js creates while there is a store. */
export function createOwner<Store extends object>(
  started: (store: Store, resource: object) => void,
): AsyncLocalStorage<Store> {
  const owner = new Owner<Store>();
  const options = { init, trackPromises: false };
  function init(_id: number, type: string, _trigger: number, resource: object): void {
    if (type === 'PROMISE' || type === 'TickObject') return;
    const store = owner.getStore();
    if (store) started(store, resource);
  }
  createHook(options).enable();
  return owner;
}

/** Makes promises look as they would without us when they are shown. */
export function tidyPromises(): void {
  const prototype: object = Promise.prototype;
  Object.defineProperty(prototype, inspect.custom, {
    value(this: unknown) {
      hideTraces(this);
      return this;
    },
    configurable: true,
    enumerable: false,
    writable: true,
  });
}

function hideTraces(promise: unknown): void {
  try {
    for (const symbol of Object.getOwnPropertySymbols(promise)) {
      if (traces.has(symbol.description ?? '')) Object.defineProperty(promise, symbol, { enumerable: false });
    }
  } catch {
    // it is frozen, or not an object
  }
}
