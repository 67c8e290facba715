const MOST_DIMENSIONS = 32;

/**
 * The shape of an array as it is written out, such as '2 × 3': as its text says, or by its brackets. Undefined if
 * values in the middle were left out.
 */
export function arrayShape(text: string): string | undefined {
  const [, stated] = /\bshape=\(([\d, ]+)\)/.exec(text.slice(-200)) ?? [];
  if (stated !== undefined)
    return stated
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean)
      .join(' × ');
  if (text.includes('...')) return undefined;
  const counts: number[] = [];
  const closed: boolean[] = [];
  let depth = 0;
  for (const sign of text) {
    if (sign === '[') {
      if (depth > 0 && !closed[depth - 1]) counts[depth - 1] = (counts[depth - 1] ?? 0) + 1;
      depth += 1;
      if (depth > MOST_DIMENSIONS) return undefined;
    } else if (sign === ']') {
      closed[depth - 1] = true;
      depth -= 1;
      if (depth === 0) break;
    }
  }
  const innermost = /\[([^[\]]*)\]/.exec(text)?.[1];
  if (depth !== 0 || innermost === undefined || /['"]/.test(innermost)) return undefined;
  const values = innermost.split(',').filter((value) => value.trim() !== '').length;
  return [...counts, values].join(' × ');
}
