/** The first of the nodes, which stand one below the other, that ends below the place. */
export function firstBelow(nodes: readonly HTMLElement[], place: number): HTMLElement | undefined {
  let [from, to] = [0, nodes.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const node = nodes[middle];
    if (node && node.offsetTop + node.offsetHeight > place) to = middle;
    else from = middle + 1;
  }
  return nodes[from];
}
