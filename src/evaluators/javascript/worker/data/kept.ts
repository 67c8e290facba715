import { withPlainBuiltins } from '../builtins.js';
import { typeOf } from '../inspection/typeOf.js';
import { sourceOf } from './sources.js';

const MIME = 'application/vnd.extsession.data+json';
const LONGEST_TITLE = 500;

/** So many grids nobody has open; without a window, nobody closes one. */
const MOST_VALUES = 100;

/** What `extsession.view` shows, kept for as long as its grid is open. */
const values = new Map<number, unknown>();
let last = 0;

/** `view(value, title)`: opens a table in an editor tab. Throws TypeError for what has no rows. */
export function createView(show: (data: Record<string, unknown>) => void): (value: unknown, title?: unknown) => void {
  return function view(value: unknown, title?: unknown): void {
    withPlainBuiltins(() => {
      const type = typeOf(value);
      if (!sourceOf(value))
        throw new TypeError(`cannot view ${type}: it is not a table, an array, a map, a set or a plain object`);
      const name = (typeof title === 'string' ? title : type).slice(0, LONGEST_TITLE);
      values.set(++last, value);
      values.delete(last - MOST_VALUES);
      show({ 'text/plain': `View of ${name}`, [MIME]: { kept: last, title: name } });
    });
  };
}

/** Undefined when it is kept no more. */
export function keptValue(number: number): { readonly value: unknown } | undefined {
  return values.has(number) ? { value: values.get(number) } : undefined;
}

export function release(number: number): void {
  values.delete(number);
}
