/** Elements without an end tag, or whose end tag is often omitted: they would count as open forever. */
const unclosed =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dt|dd|t[rdh]|thead|tbody|tfoot|option|colgroup)$/i;

/**
 * The approximate nesting depth of the markup: parsing and layout of deep markup take longer than its length suggests.
 */
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
