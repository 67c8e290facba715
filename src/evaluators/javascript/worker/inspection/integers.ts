/** Larger integers take long to be written. */
const LARGEST = 10n ** 300n;

export function isShort(value: bigint): boolean {
  return value < LARGEST && value > -LARGEST;
}

/** All digits of an integer, if it does not take long to write them. */
export function integerText(value: bigint): string {
  return isShort(value) ? String(value) : '<bigint of more than 300 digits>';
}
