/** The index of the last element that passes, or -1, in elements that pass up to some point and then no more. */
export function lastIndex<T>(elements: readonly T[], passes: (element: T) => boolean): number {
  let low = 0;
  for (let high = elements.length; low < high;) {
    const middle = (low + high) >> 1;
    if (passes(elements[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
