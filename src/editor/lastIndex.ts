/** The index of the last element that passes, or -1. All elements up to some index must pass, and none after it. */
export function lastIndex<T>(elements: readonly T[], passes: (element: T) => boolean): number {
  let low = 0;
  for (let high = elements.length; low < high;) {
    const middle = (low + high) >> 1;
    if (passes(elements[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
