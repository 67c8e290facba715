/** The middle of the values, which an outlier does not move. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** How long an action takes, in milliseconds. */
export async function timed(action: () => unknown): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/**
 * Takes turns, so that what else the machine does meanwhile hits all alike; a first turn of each warms up and does not
 * count.
 */
export async function alternating(turns: number, ...actions: readonly (() => Promise<number>)[]): Promise<number[][]> {
  const taken = actions.map((): number[] => []);
  for (const action of actions) await action();
  for (let turn = 0; turn < turns; turn++) {
    for (const [index, action] of actions.entries()) taken[index]?.push(await action());
  }
  return taken;
}

/** The interval that has the median of what the values are taken from, 95 times of 100: from their order alone. */
export function intervalOf(values: readonly number[]): [number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  const reach = 0.98 * Math.sqrt(sorted.length);
  const middle = (sorted.length - 1) / 2;
  return [sorted[Math.max(0, Math.floor(middle - reach))] ?? NaN, sorted[Math.ceil(middle + reach)] ?? NaN];
}
