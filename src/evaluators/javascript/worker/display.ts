import { inspect } from 'node:util';
import { currentCommand } from './command.js';

/** What Deno's notebooks and the libraries made for them use: a method of that name gives a MIME bundle. */
const DISPLAY = Symbol.for('Jupyter.display');

/** With colours when the person's environment asks for them, as `console.log` does: FORCE_COLOR. */
export function useColors(): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no } = process.env;
  return force !== undefined && force !== '0' && !no;
}

type Bundle = Record<string, unknown>;

/** The representations of a value, always with text/plain; later when the value's own come later. Throws what its methods throw. */
export function mimeBundle(value: unknown): Bundle | Promise<Bundle> {
  const offered = ownBundle(value);
  const whole = (bundle: unknown): Bundle => {
    const own = typeof bundle === 'object' && bundle !== null ? { ...bundle } : {};
    return 'text/plain' in own ? own : { ...own, 'text/plain': inspect(value, { colors: useColors() }) };
  };
  return isThenable(offered) ? Promise.resolve(offered).then(whole) : whole(offered);
}

/**
 * `display(value)`: shows a value among the command's output, at this place; when its representations come later, the
 * promise that it returns tells when they are shown, and their place is there.
 */
export function createDisplay(send: (message: object) => void): (value: unknown) => Promise<void> | undefined {
  const show = (data: Bundle): void => {
    const command = currentCommand();
    command?.place((at) => {
      send({ t: 'display', id: command.id, at, data });
    });
  };
  return function display(value) {
    const bundle = mimeBundle(value);
    if (isThenable(bundle)) return bundle.then(show);
    show(bundle);
    return undefined;
  };
}

function ownBundle(value: unknown): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  const method = (value as Record<symbol, unknown>)[DISPLAY];
  return typeof method === 'function' ? (method.call(value) as unknown) : undefined;
}

function isThenable<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
