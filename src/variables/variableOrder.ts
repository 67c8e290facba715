import type { Variable } from '../protocol/output.js';
import type { ChangeTimes } from './changeTimes.js';

export const orders = ['name', 'type', 'size', 'recent'] as const;
/** By which the view sorts: names and types from A, the largest first, the last changed first. */
export type VariableOrder = (typeof orders)[number];

const byName = (a: Variable, b: Variable): number => a.name.localeCompare(b.name, undefined, { numeric: true });

/** Those to show, in their order. Values that are alike are sorted by name. */
export function arranged(
  variables: readonly Variable[],
  {
    order,
    showsAll,
    times,
  }: { readonly order: VariableOrder; readonly showsAll: boolean; readonly times: ChangeTimes },
): Variable[] {
  const compare: Readonly<Record<VariableOrder, (a: Variable, b: Variable) => number>> = {
    name: byName,
    type: (a, b) => a.type.localeCompare(b.type),
    size: (a, b) => (b.bytes ?? 0) - (a.bytes ?? 0),
    recent: (a, b) => times.of(b.name) - times.of(a.name),
  };
  const shown = variables.filter(({ kind }) => showsAll || kind === undefined);
  return shown.sort((a, b) => compare[order](a, b) || byName(a, b));
}
