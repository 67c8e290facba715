import vm from 'node:vm';
import { withUsersBuiltins } from '../builtins.js';
import { ABSENT } from './own.js';
import type { Source } from './source.js';

/** The expression fails; the message says why. */
export class ExpressionError extends Error {}

/** Columns that an expression cannot name are read with `row`. */
const MOST_NAMES = 1000;

/**
 * For each row whether it passes an expression of JavaScript: code of the user, which runs because the user asks for
 * it. The columns are its variables, and `row` is the number of the row.
 */
export function rowsThatPass(source: Source, expression: string): (row: number) => boolean {
  const columns = Array.from({ length: Math.min(source.columns, MOST_NAMES) }, (_, column) => column).filter((column) =>
    isVariable(source.head(column)[0]),
  );
  const names = columns.map((column) => source.head(column)[0]);
  const passes = attempt(() => vm.compileFunction(`return (${expression}\n)`, [...names, 'row']));
  return (row) => {
    const values = columns.map((column) => {
      const value = source.value(row, column);
      return value === ABSENT ? undefined : value;
    });
    return attempt(() => withUsersBuiltins(() => Boolean(Reflect.apply(passes, undefined, [...values, row]))));
  };
}

function attempt<Value>(act: () => Value): Value {
  try {
    return act();
  } catch (error) {
    const { name = 'Error', message = '' } = error instanceof Error ? error : { message: String(error) };
    throw new ExpressionError(`${name}: ${message}`.slice(0, 500), { cause: error });
  }
}

/** Whether a column can be a variable of its own. */
function isVariable(name: string): boolean {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) || name === 'row') return false;
  try {
    return typeof vm.compileFunction('', [name]) === 'function';
  } catch {
    return false; // it is a word of the language
  }
}
