import { withPlainBuiltins, withUsersBuiltins } from '../builtins.js';
import { currentCommand } from '../command.js';
import { inspected } from './inspected.js';
import { knownForms } from './knownForms.js';
import { descriptorOf } from './plainReads.js';

/** The convention of Deno's notebooks and libraries for them: a method with this name returns a MIME bundle. */
const displaySymbol = Symbol.for('Jupyter.display');

const apply = Reflect.apply.bind(Reflect) as (run: unknown, on: unknown, args: unknown[]) => unknown;

type Bundle = Record<string, unknown>;

/** In characters of `text/plain`. */
const LONGEST_TEXT = 1_000_000;
/** In characters of all forms of a value. */
const LARGEST_BUNDLE = 64 << 20;

/**
 * The representations of a value, always including text/plain; a promise if the value's own are. Throws the errors of
 * its methods, and TypeError or RangeError for what cannot be sent.
 */
export function mimeBundle(value: unknown): Bundle | Promise<Bundle> {
  return withPlainBuiltins(() => {
    const offered = ownBundle(value);
    const whole = (bundle: unknown): Bundle => withPlainBuiltins(() => wholeBundle(value, bundle));
    return isThenable(offered) ? Promise.resolve(offered).then(whole) : whole(offered);
  });
}

function wholeBundle(value: unknown, bundle: unknown): Bundle {
  const own: Bundle = typeof bundle === 'object' && bundle !== null ? { ...bundle } : {};
  const text = own['text/plain'];
  return sendable({
    ...own,
    'text/plain': shortened(typeof text === 'string' ? text : inspected(value)),
  });
}

/** Converts to JSON, without what JSON omits. */
function sendable(bundle: Bundle): Bundle {
  const kept: Bundle = {};
  let size = 0;
  for (const [type, data] of Object.entries(bundle)) {
    const text = typeof data === 'string' ? data : jsonOf(type, data);
    if (text === undefined) continue;
    size += text.length;
    if (size > LARGEST_BUNDLE) throw new RangeError(`The display is larger than ${LARGEST_BUNDLE >> 20} MB.`);
    kept[type] = typeof data === 'string' ? data : JSON.parse(text);
  }
  return kept;
}

function jsonOf(type: string, data: unknown): string | undefined {
  try {
    return JSON.stringify(data);
  } catch (error) {
    throw new TypeError(`The value's ${type} form is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
}

function shortened(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  return `${text.slice(0, LONGEST_TEXT)}…\n[${LONGEST_TEXT} of ${text.length} characters are shown]`;
}

/** Shows a bundle within the output of the command whose code runs, at this position. */
export function createShow(send: (message: object) => void): (data: Bundle) => void {
  return (data) => {
    const command = currentCommand();
    command?.place((at) => {
      send({ t: 'display', id: command.id, at, data });
    });
  };
}

/**
 * `display(...values)`: shows values within the command's output, at this position. If the representations of a value
 * are a promise, the returned promise resolves when it is shown, along with those after it, at the position then.
 */
export function createDisplay(show: (data: Bundle) => void): (...values: unknown[]) => Promise<void> | undefined {
  return function display(...values: unknown[]): Promise<void> | undefined {
    return withPlainBuiltins(() => showAll(values));
  };

  function showAll(values: readonly unknown[]): Promise<void> | undefined {
    for (const [index, value] of values.entries()) {
      const bundle = mimeBundle(value);
      if (isThenable(bundle)) return bundle.then(show).then(() => showAll(values.slice(index + 1)));
      show(bundle);
    }
    return undefined;
  }
}

function ownBundle(value: unknown): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  const found: { get?: unknown; value?: unknown } | undefined = descriptorOf(value, displaySymbol); // a proxy is not asked: some answer everything
  if (!found) return knownForms(value);
  return withUsersBuiltins(() => {
    const method: unknown = found.get ? apply(found.get, value, []) : found.value;
    return typeof method === 'function' ? apply(method, value, []) : undefined;
  });
}

function isThenable<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
