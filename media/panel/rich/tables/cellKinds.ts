const numeric = /^\s*(?:[-+−]?[$€£]?[\d.,_\s]*\d[\d.,_]*(?:e[-+]?\d+)?\s*%?|[-+]?inf|nan|none|nat|<na>|null|)\s*$/i;
const missing = /^\s*(?:nan|none|nat|<na>|null)\s*$/i;
const omission = /^\s*(?:\.\.\.|…|⋮|┄)\s*$/;
const LONGEST_NUMBER = 60;

/** A missing value, as table libraries write it. */
export function isMissing(text: string): boolean {
  return missing.test(text);
}

/** A placeholder for omitted values, as in the middle of a long table. */
export function isOmission(text: string): boolean {
  return omission.test(text);
}

/** A row that represents omitted rows. */
export function omitsRows({ cells }: HTMLTableRowElement): boolean {
  return cells.length > 0 && [...cells].every((cell) => isOmission(cell.textContent));
}

/** A number, or a placeholder for a missing one. */
export function isNumeric(text: string): boolean {
  return text.length <= LONGEST_NUMBER && numeric.test(text);
}

/** The number in a cell, without its unit; undefined if there is none. */
export function numberOf(text: string): number | undefined {
  if (!isNumeric(text) || isMissing(text)) return undefined;
  const digits = text.replace(/[\s,_$€£%+]/g, '').replace('−', '-');
  if (digits === '') return undefined;
  const value = Number(digits.replace(/inf/i, 'Infinity'));
  return Number.isNaN(value) ? undefined : value;
}
