import type { Variable } from '../protocol/output.js';
import type { SeenVariables } from './seenVariables.js';
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
}

/** Those to show, in their order. Values that are alike are sorted by name. */
export function arranged(seen: SeenVariables, { order, hidden, pinned }: Arrangement): Variable[] {
  const compare: Readonly<Record<VariableOrder, (a: Variable, b: Variable) => number>> = {
    name: byName,
    type: (a, b) => a.type.localeCompare(b.type),
    size: (a, b) => (b.bytes ?? 0) - (a.bytes ?? 0),
    recent: (a, b) => seen.timeOf(b.name) - seen.timeOf(a.name),
  };
  const [hiddenKinds, pins] = [new Set(hidden), new Set(pinned)];
  const rank = ({ name }: Variable): number => (pins.has(name) ? 0 : 1);
  const isShown = (each: Variable): boolean => pins.has(each.name) || !hiddenKinds.has(variableKind(each));
  const shown = hiddenKinds.size === 0 ? seen.all : seen.all.filter(isShown);
  return shown.sort((a, b) => rank(a) - rank(b) || compare[order](a, b) || byName(a, b));
}
