import type { Variable } from '../../../../protocol/output.js';
import type { Question } from '../../../../protocol/worker.js';
import { withPlainBuiltins } from '../builtins.js';
import { scope } from '../globalScope.js';
import { isAsBefore, snapshotOf } from './snapshot.js';
import { typeOf } from './typeOf.js';

type Describe = (name: string, value: unknown) => Variable;
type Asked = Extract<Question, { t: 'variables' }> & { readonly request: number };

/** What has been told of a variable. */
interface Told {
  readonly variable: Variable;
  /** Absent for what has to be described each time. */
  readonly snapshot: readonly unknown[] | undefined;
}

export interface ListingAnswer {
  readonly variables?: readonly Variable[];
  readonly since?: number;
  readonly gone?: readonly string[];
  readonly more?: boolean;
  readonly error?: string;
}

/** Descriptions, about half a millisecond, and names that need none. */
const AT_A_TIME = 30;
const SKIPPED_AT_A_TIME = 200;
/** To write more at once would hold up the user's code. */
const WRITTEN_AT_A_TIME = 500;

/**
 * What is new in the global scope since the host last asked, so that a large one is not told again after each command.
 */
export class Listing {
  readonly #builtIn = new Set(Object.getOwnPropertyNames(scope));
  /** The request whose answer can be continued, and what that has told. */
  #request: number | undefined;
  #told: ReadonlyMap<string, Told> = new Map();

  /**
   * Tells all variables, or those that differ from the answer to `since`, in pieces between which the user's code goes
   * on.
   */
  ask({ request, since }: Asked, describe: Describe, tell: (answer: ListingAnswer) => void): void {
    const isContinued = since !== undefined && since === this.#request;
    const before: ReadonlyMap<string, Told> = isContinued ? this.#told : new Map();
    const names = Object.keys(scope).filter((name) => !this.#builtIn.has(name) && name !== '_');
    const told = new Map<string, Told>();
    let changed: Variable[] = [];
    const goOn = (start: number): void => {
      const stop = look(names, start, { before, told, changed, describe });
      if (stop < names.length) {
        if (changed.length >= WRITTEN_AT_A_TIME) {
          tell({ variables: changed, more: true });
          changed = [];
        }
        setImmediate(() => withPlainBuiltins(() => attempt(() => goOn(stop), tell)));
        return;
      }
      if (since !== undefined) [this.#request, this.#told] = [request, told];
      const gone = [...before.keys()].filter((name) => !told.has(name));
      tell({ variables: changed, ...(isContinued ? { since, gone } : {}) });
    };
    attempt(() => goOn(0), tell);
  }
}

interface Look {
  readonly before: ReadonlyMap<string, Told>;
  readonly told: Map<string, Told>;
  readonly changed: Variable[];
  readonly describe: Describe;
}

/** Looks at some of the names, and returns the position of the next one. */
function look(names: readonly string[], start: number, { before, told, changed, describe }: Look): number {
  let [at, described] = [start, 0];
  for (; at < names.length && described < AT_A_TIME && at - start < SKIPPED_AT_A_TIME; at++) {
    const name = names[at] ?? '';
    const property = Reflect.getOwnPropertyDescriptor(scope, name);
    if (!property) continue;
    const value: unknown = property.value;
    const known = before.get(name);
    if (known?.snapshot && isAsBefore(value, known.snapshot) && typeOf(value) === known.variable.type) {
      told.set(name, known);
      continue;
    }
    described++;
    const variable = describe(name, value);
    told.set(name, { variable, snapshot: snapshotOf(value) });
    if (!known || !isSame(known.variable, variable)) changed.push(variable);
  }
  return at;
}

function isSame(one: Variable, other: Variable): boolean {
  return (
    one.summary === other.summary &&
    one.type === other.type &&
    one.size === other.size &&
    one.parts === other.parts &&
    one.kind === other.kind &&
    one.bytes === other.bytes
  );
}

/** What cannot be told has a reason. */
function attempt(act: () => void, tell: (answer: ListingAnswer) => void): void {
  try {
    act();
  } catch (error) {
    tell({ error: String(error) });
  }
}
