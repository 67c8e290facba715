import type { Variable } from '../protocol/output.js';
import type { ChangeTimes } from './changeTimes.js';
import { variableKind, type VariableKind } from './variableKinds.js';

export const orders = ['name', 'type', 'size', 'recent'] as const;
/** By which the view sorts: names and types from A, the largest first, the last changed first. */
export type VariableOrder = (typeof orders)[number];

const { compare: compareNames } = new Intl.Collator(undefined, { numeric: true });
const byName = (a: Variable, b: Variable): number => compareNames(a.name, b.name);

export interface Arrangement {
  readonly order: VariableOrder;
  readonly hidden: readonly VariableKind[];
  /** The names of those that are always shown, above all others. */
  readonly pinned: readonly string[];
  readonly times: ChangeTimes;
}

/** Those to show, in their order. Values that are alike are sorted by name. */
export function arranged(variables: readonly Variable[], { order, hidden, pinned, times }: Arrangement): Variable[] {
  const compare: Readonly<Record<VariableOrder, (a: Variable, b: Variable) => number>> = {
    name: byName,
    type: (a, b) => a.type.localeCompare(b.type),
    size: (a, b) => (b.bytes ?? 0) - (a.bytes ?? 0),
    recent: (a, b) => times.of(b.name) - times.of(a.name),
  };
  const [hiddenKinds, pins] = [new Set(hidden), new Set(pinned)];
  const rank = ({ name }: Variable): number => (pins.has(name) ? 0 : 1);
  const shown = variables.filter((each) => pins.has(each.name) || !hiddenKinds.has(variableKind(each)));
  return shown.sort((a, b) => rank(a) - rank(b) || compare[order](a, b) || byName(a, b));
}
