import { inspect } from 'node:util';
import { typeOf } from './typeOf.js';
import { useColors } from './useColors.js';

/**
 * A value as Node's console shows it, also where what Node reads of every value fails, such as an accessor for
 * `Symbol.toStringTag` or `name`. Throws what the value's own `inspect` method throws.
 */
export function inspected(value: unknown): string {
  try {
    return inspect(value, { colors: useColors() });
  } catch (error) {
    if (failsWithoutItsMethods(value))
      return `[${typeOf(value)}: cannot be shown, because one of its accessors failed]`;
    throw error;
  }
}

function failsWithoutItsMethods(value: unknown): boolean {
  try {
    inspect(value, { customInspect: false });
    return false;
  } catch {
    return true;
  }
}
