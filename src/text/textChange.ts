/**
 * The one range in which a text differs from an earlier one, in offsets of both. The names are Lezer's: A was, B is.
 */
export interface TextChange {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

export function changeBetween(before: string, after: string): TextChange {
  const limit = Math.min(before.length, after.length);
  const start = commonLength(limit, (from, to) => before.slice(from, to) === after.slice(from, to));
  const end = commonLength(limit - start, (from, to) => {
    return (
      before.slice(before.length - to, before.length - from) === after.slice(after.length - to, after.length - from)
    );
  });
  return { fromA: start, toA: before.length - end, fromB: start, toB: after.length - end };
}

/**
 * The length up to which both are equal. Compares large steps first, because the engine compares many characters at a
 * time.
 */
function commonLength(limit: number, isEqual: (from: number, to: number) => boolean): number {
  let length = 0;
  for (let step = 1 << 14; step >= 1; step >>= 1) {
    while (length + step <= limit && isEqual(length, length + step)) length += step;
  }
  return length;
}
