/** Elements that have no end, or whose end is often left out: they would count as open for ever. */
const unclosed =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dt|dd|t[rdh]|thead|tbody|tfoot|option|colgroup)$/i;

/** How deep the markup nests, roughly: parsing and laying out a deep nest takes longer than its length tells. */
export function markupDepth(markup: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [found, slash, name = ''] of markup.matchAll(/<(\/?)([a-z][^\s/>]*)[^>]*/gi)) {
    if (unclosed.test(name)) continue;
    if (slash === '/') depth = Math.max(0, depth - 1);
    else if (!found.endsWith('/')) depth += 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
