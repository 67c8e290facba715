/** The first of several vertically arranged elements that ends below a position in the window. */
export function firstBelow(elements: ArrayLike<Element>, top: number): Element | undefined {
  let [from, to] = [0, elements.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const element = elements[middle];
    if (element && element.getBoundingClientRect().bottom > top) to = middle;
    else from = middle + 1;
  }
  return elements[from];
}
